package com.avoma.webhooks.dispatcher;

import java.net.InetSocketAddress;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/// Lets only the machine or container that the service runs in see and change levels of its log: a
/// level can make libraries say more than they should to everybody who reaches the port.
@Configuration(proxyBeanMethods = false)
class OperatorsConfiguration {
    private static final PathPattern LOGGERS =
            PathPatternParser.defaultInstance.parse("/actuator/loggers/**");

    @Bean
    WebFilter operators() {
        return OperatorsConfiguration::filter;
    }

    static Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        boolean passedOn =
                Stream.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
                        .anyMatch(request.getHeaders()::containsHeader);
        if (!LOGGERS.matches(request.getPath().pathWithinApplication())
                || (isLoopback(request.getRemoteAddress()) && !passedOn)) {
            return chain.filter(exchange);
        }
        exchange.getResponse().setStatusCode(HttpStatus.FORBIDDEN);
        return exchange.getResponse().setComplete();
    }

    private static boolean isLoopback(@Nullable InetSocketAddress remote) {
        return remote != null
                && remote.getAddress() != null
                && remote.getAddress().isLoopbackAddress();
    }
}
