package com.avoma.webhooks.config.console;

import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.web.WebConfiguration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.ErrorResponse;
import org.springframework.web.reactive.function.server.RenderingResponse;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/// What a browser is shown where something fails that no page answers for: a page like the others,
/// or a sentence in the page that is there. The API's errors are
/// [com.avoma.webhooks.config.web.WebConfiguration]'s.
@Configuration(proxyBeanMethods = false)
class ErrorPageConfiguration {
    private static final Logger log = LoggerFactory.getLogger(ErrorPageConfiguration.class);

    @Bean
    @Order(-3)
    WebExceptionHandler errorPages(
            ObjectProvider<ViewResolver> views, ServerCodecConfigurer codecs) {
        var context = new Pages(views.orderedStream().toList(), codecs.getWriters());
        return (exchange, fault) ->
                exchange.getResponse().isCommitted() || !ofConsole(exchange.getRequest())
                        ? Mono.error(fault)
                        : page(exchange, fault).flatMap(page -> page.writeTo(exchange, context));
    }

    private record Pages(
            List<ViewResolver> viewResolvers, List<HttpMessageWriter<?>> messageWriters)
            implements ServerResponse.Context {}

    private static Mono<RenderingResponse> page(ServerWebExchange exchange, Throwable fault) {
        var request = exchange.getRequest();
        var status = status(fault);
        if (status.is5xxServerError()) {
            log.error(
                    "console.failed method={} path={}",
                    request.getMethod(),
                    request.getPath().value(),
                    fault);
        }
        var text = ErrorText.of(status.value(), detail(fault));
        if (PageConfiguration.byScript(request)) {
            return RenderingResponse.create("alert")
                    .status(status)
                    .header("HX-Retarget", "#alerts")
                    .header("HX-Reswap", "innerHTML")
                    .modelAttribute("detail", text.detail() + " " + text.advice())
                    .build();
        }
        return RenderingResponse.create("error-page")
                .status(status)
                .modelAttribute("text", text)
                .build();
    }

    /// What a browser asks for, and the API does not answer.
    private static boolean ofConsole(ServerHttpRequest request) {
        return PageConfiguration.byScript(request) || ConsoleSecurityConfiguration.isPage(request);
    }

    private static HttpStatus status(Throwable fault) {
        return switch (fault) {
            case RefusedException refused -> HttpStatus.valueOf(refused.status());
            case ErrorResponse spring -> HttpStatus.valueOf(spring.getStatusCode().value());
            default ->
                    WebConfiguration.isOutage(fault)
                            ? HttpStatus.SERVICE_UNAVAILABLE
                            : HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    private static String detail(Throwable fault) {
        return switch (fault) {
            case RefusedException refused -> refused.detail();
            case ErrorResponse spring when spring.getBody().getDetail() != null ->
                    spring.getBody().getDetail();
            default -> PageConfiguration.DATABASE_AWAY;
        };
    }
}
