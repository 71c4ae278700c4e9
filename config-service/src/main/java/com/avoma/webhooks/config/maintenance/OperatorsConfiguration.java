package com.avoma.webhooks.config.maintenance;

import com.avoma.webhooks.config.web.WebConfiguration;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Lets [Operators] through to [MaintenanceController], and nobody else. The API's callers are none
/// of them: an admin manages one organization.
@Configuration(proxyBeanMethods = false)
class OperatorsConfiguration {
    private final Operators operators;
    private final WebConfiguration web;

    OperatorsConfiguration(MaintenanceProperties properties, WebConfiguration web) {
        this.operators = new Operators(properties.token());
        this.web = web;
    }

    /// Before the chain for everything else.
    @Bean
    @Order(0)
    SecurityWebFilterChain maintenanceSecurity(ServerHttpSecurity http) {
        return http.securityMatcher(
                        ServerWebExchangeMatchers.pathMatchers(
                                "/actuator/maintenance/**", "/actuator/loggers/**"))
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint((exchange, _) -> refuse(exchange))
                                .accessDeniedHandler((exchange, _) -> refuse(exchange)))
                .authorizeExchange(exchange ->
                        exchange.anyExchange()
                                .access((_, context) ->
                                        Mono.just(
                                                new AuthorizationDecision(
                                                        admits(context.getExchange())))))
                .build();
    }

    private boolean admits(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        var headers = request.getHeaders();
        var from = request.getRemoteAddress();
        return operators.admit(
                from == null ? null : from.getAddress(),
                Stream.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
                        .anyMatch(headers::containsHeader),
                headers.getFirst(HttpHeaders.AUTHORIZATION));
    }

    private Mono<Void> refuse(ServerWebExchange exchange) {
        exchange.getResponse()
                .getHeaders()
                .set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"maintenance\"");
        return web.write(
                exchange, WebConfiguration.problem(HttpStatus.UNAUTHORIZED, operators.advice()));
    }
}
