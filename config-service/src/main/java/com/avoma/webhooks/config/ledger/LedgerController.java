package com.avoma.webhooks.config.ledger;

import com.avoma.webhooks.config.web.Caller;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// `/v1/ledger/`.
@RestController
class LedgerController {
    private final LedgerRepository ledger;
    private final Clock clock;

    LedgerController(LedgerRepository ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    @Operation(
            operationId = "getLedger",
            summary = "Show where every event went, and name what is unaccounted for",
            description =
                    "For each webhook and in all: accepted = filtered + delivered + dead_lettered +"
                            + " canceled + pending + expired + unaccounted.")
    @GetMapping("/v1/ledger")
    Mono<LedgerAnswer> get(@AuthenticationPrincipal Caller caller) {
        return ledger.of(caller.organization(), clock.instant());
    }
}
