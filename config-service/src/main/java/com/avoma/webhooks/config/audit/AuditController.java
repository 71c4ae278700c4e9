package com.avoma.webhooks.config.audit;

import com.avoma.webhooks.config.audit.AuditRepository.Numbered;
import com.avoma.webhooks.config.web.Addresses;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.Page;
import com.avoma.webhooks.config.web.Window;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// `/v1/audit-log/`, newest first.
@RestController
class AuditController {
    private final AuditRepository log;

    AuditController(AuditRepository log) {
        this.log = log;
    }

    @Operation(operationId = "listAuditLog", summary = "List what was done, newest first")
    @GetMapping("/v1/audit-log")
    Mono<Page<AuditRecord>> list(
            @AuthenticationPrincipal Caller caller, ServerHttpRequest request) {
        var window = Window.of(request.getQueryParams());
        var address = Addresses.of(request.getURI());
        return Mono.zip(log.count(caller.organization()), part(caller, window))
                .map(both ->
                        Page.cut(
                                        both.getT1(),
                                        both.getT2(),
                                        item -> Long.toString(item.id()),
                                        window,
                                        address)
                                .map(Numbered::entry));
    }

    /// With one more than was asked for, where there is one.
    private Mono<List<Numbered>> part(Caller caller, Window window) {
        var organization = caller.organization();
        int limit = window.limit() + 1;
        var part =
                window.forward()
                        ? log.before(organization, id(window.key()), limit)
                        : log.after(organization, id(window.key()), limit);
        return part.collectList();
    }

    private static long id(@Nullable String key) {
        try {
            return key == null ? Long.MAX_VALUE : Long.parseLong(key);
        } catch (NumberFormatException _) {
            throw Window.notGiven();
        }
    }
}
