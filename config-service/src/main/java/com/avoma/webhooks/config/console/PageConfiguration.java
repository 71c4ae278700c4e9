package com.avoma.webhooks.config.console;

import com.avoma.webhooks.config.directory.DirectoryRepository;
import com.avoma.webhooks.config.plan.PlanLimits;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.web.WebConfiguration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.reactive.result.view.CsrfRequestDataValueProcessor;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// What all pages have, and what becomes of a request that is refused: a sentence in the place that
/// the page has for it. Forms show what is wrong with their fields themselves.
@ControllerAdvice(basePackageClasses = PageConfiguration.class)
public class PageConfiguration {
    private static final Logger log = LoggerFactory.getLogger(PageConfiguration.class);

    static final String DATABASE_AWAY =
            "The database does not answer. Try again later, and see first whether your change was"
                    + " made.";

    private final DirectoryRepository directory;
    private final PlanLimits limits;

    PageConfiguration(DirectoryRepository directory, PlanLimits limits) {
        this.directory = directory;
        this.limits = limits;
    }

    @ModelAttribute("viewer")
    Mono<Viewer> viewer(@AuthenticationPrincipal @Nullable Caller caller) {
        return caller == null
                ? Mono.empty()
                : directory
                        .organization(caller.organization())
                        .map(Optional::of)
                        .defaultIfEmpty(Optional.empty())
                        .map(found -> Viewer.of(caller, found.orElse(null), limits));
    }

    /// What was done on the page before.
    @ModelAttribute("done")
    @Nullable String done(ServerHttpRequest request) {
        return Done.text(request.getQueryParams().getFirst("done"));
    }

    /// Makes the forms' hidden field: the token is there only for those who ask. It is an attribute
    /// of the model, too, for a method that returned nothing would keep the other ones from being
    /// one.
    @ModelAttribute("csrf")
    Mono<CsrfToken> csrf(ServerWebExchange exchange) {
        Mono<CsrfToken> token =
                exchange.getAttributeOrDefault(CsrfToken.class.getName(), Mono.empty());
        return token.doOnNext(value ->
                exchange.getAttributes()
                        .put(CsrfRequestDataValueProcessor.DEFAULT_CSRF_ATTR_NAME, value));
    }

    @ExceptionHandler
    Rendering refused(RefusedException refused, ServerHttpRequest request) {
        return told(request, HttpStatus.valueOf(refused.status()), refused.detail());
    }

    /// What is no outage has a page of its own, too ([ErrorPageConfiguration]).
    @ExceptionHandler
    Mono<Rendering> failed(Exception fault, ServerHttpRequest request) {
        if (!WebConfiguration.isOutage(fault)) {
            return Mono.error(fault);
        }
        log.warn("console.database_away fault={}", fault.toString());
        return Mono.just(told(request, HttpStatus.SERVICE_UNAVAILABLE, DATABASE_AWAY));
    }

    /// What a script finds instead of the page that it asked for: it goes to another one.
    public static Rendering redirect(String to) {
        return Rendering.view("redirect").header("HX-Redirect", to).build();
    }

    /// Whether a script asks, for a part of the page that it is in.
    static boolean byScript(ServerHttpRequest request) {
        return request.getHeaders().getFirst("HX-Request") != null;
    }

    private static Rendering told(ServerHttpRequest request, HttpStatus status, String detail) {
        return byScript(request)
                ? Rendering.view("alert")
                        .status(status)
                        .header("HX-Retarget", "#alerts")
                        .header("HX-Reswap", "innerHTML")
                        .modelAttribute("detail", detail)
                        .build()
                : Rendering.view("error-page")
                        .status(status)
                        .modelAttribute("text", ErrorText.of(status.value(), detail))
                        .build();
    }
}
