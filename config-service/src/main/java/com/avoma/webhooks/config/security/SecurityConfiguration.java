package com.avoma.webhooks.config.security;

import com.avoma.webhooks.config.ratelimit.RateLimitConfiguration;
import com.avoma.webhooks.config.web.WebConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerAuthenticationEntryPointFailureHandler;
import org.springframework.security.web.server.authentication.ServerAuthenticationFailureHandler;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import reactor.core.publisher.Mono;

/// Everything but health, metrics and the API's description needs an admin of an organization that
/// the directory has.
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {
    private final WebConfiguration web;
    private final RateLimitConfiguration limits;

    SecurityConfiguration(WebConfiguration web, RateLimitConfiguration limits) {
        this.web = web;
        this.limits = limits;
    }

    @Bean
    SecurityWebFilterChain security(
            ServerHttpSecurity http,
            ReactiveAuthenticationManager callers,
            ServerAuthenticationConverter credentials) {
        var entryPoint = entryPoint();
        var bearer = new AuthenticationWebFilter(callers);
        bearer.setServerAuthenticationConverter(credentials);
        bearer.setAuthenticationFailureHandler(failure(entryPoint));
        bearer.setSecurityContextRepository(NoOpServerSecurityContextRepository.getInstance());
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .addFilterAt(bearer, SecurityWebFiltersOrder.AUTHENTICATION)
                .addFilterAfter(limits.perCaller(), SecurityWebFiltersOrder.AUTHENTICATION)
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint(entryPoint)
                                .accessDeniedHandler((exchange, _) ->
                                        web.write(
                                                exchange,
                                                WebConfiguration.problem(
                                                        HttpStatus.FORBIDDEN,
                                                        "Only admins of the"
                                                                + " organization manage"
                                                                + " webhooks."))))
                .authorizeExchange(exchange ->
                        exchange.pathMatchers("/actuator/**", "/v1/openapi.json", "/v1/docs/**")
                                .permitAll()
                                .anyExchange()
                                .hasAuthority(TokenClaims.ADMIN))
                .build();
    }

    private ServerAuthenticationFailureHandler failure(ServerAuthenticationEntryPoint entryPoint) {
        var unauthorized = new ServerAuthenticationEntryPointFailureHandler(entryPoint);
        return (filter, fault) ->
                limits.countFailedLogin(filter.getExchange())
                        .then(
                                Mono.defer(
                                        () -> unauthorized.onAuthenticationFailure(filter, fault)));
    }

    private ServerAuthenticationEntryPoint entryPoint() {
        return (exchange, _) -> {
            exchange.getResponse()
                    .getHeaders()
                    .set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"webhooks\"");
            return web.write(
                    exchange,
                    WebConfiguration.problem(
                            HttpStatus.UNAUTHORIZED,
                            "Send Authorization: Bearer CLIENT_KEY:CLIENT_SECRET with an API key"
                                    + " that is in use, or Bearer and a valid token."));
        };
    }
}
