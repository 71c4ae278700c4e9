package com.avoma.webhooks.config.console.audit;

import com.avoma.webhooks.config.audit.AuditRepository;
import com.avoma.webhooks.config.web.Caller;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/// The Audit log tab.
@Controller
class AuditPageController {
    private static final int PAGE = 50;

    private final AuditRepository log;

    AuditPageController(AuditRepository log) {
        this.log = log;
    }

    /// @param before the entry that the page before ended with
    @GetMapping("/console/audit-log")
    Mono<Rendering> page(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(name = "before", defaultValue = "" + Long.MAX_VALUE) long before) {
        return log.before(caller.organization(), before, PAGE + 1)
                .map(AuditRow::of)
                .collectList()
                .map(found -> {
                    var rows = found.subList(0, Math.min(PAGE, found.size()));
                    return Rendering.view("audit-log")
                            .modelAttribute("entries", rows)
                            .modelAttribute("first", before == Long.MAX_VALUE)
                            .modelAttribute("older", found.size() > PAGE ? rows.getLast().id() : 0L)
                            .build();
                });
    }
}
