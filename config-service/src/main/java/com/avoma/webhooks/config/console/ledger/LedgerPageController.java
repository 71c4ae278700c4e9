package com.avoma.webhooks.config.console.ledger;

import com.avoma.webhooks.config.ledger.LedgerRepository;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.webhook.WebhookEditor;
import java.time.Clock;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/// The Ledger tab.
@Controller
class LedgerPageController {
    private final LedgerRepository ledger;
    private final WebhookEditor webhooks;
    private final Clock clock;

    LedgerPageController(LedgerRepository ledger, WebhookEditor webhooks, Clock clock) {
        this.ledger = ledger;
        this.webhooks = webhooks;
        this.clock = clock;
    }

    @GetMapping("/console/ledger")
    Mono<Rendering> page(@AuthenticationPrincipal Caller caller) {
        var names =
                webhooks.all(caller)
                        .flatMapIterable(all -> all)
                        .collectMap(
                                seen -> seen.webhook().uuid(),
                                seen -> seen.webhook().fields().name());
        return Mono.zip(ledger.of(caller.organization(), clock.instant()), names)
                .map(data ->
                        Rendering.view("ledger")
                                .modelAttribute("ledger", data.getT1())
                                .modelAttribute("names", data.getT2())
                                .build());
    }
}
