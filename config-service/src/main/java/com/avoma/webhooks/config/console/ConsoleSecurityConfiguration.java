package com.avoma.webhooks.config.console;

import com.avoma.webhooks.config.security.TokenClaims;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// What holds for the console however admins sign in: which paths are its own, what its pages may
/// load, and where those go who are not signed in, or are no admins.
public final class ConsoleSecurityConfiguration {
    /// Where members are told that they are no admins.
    static final String NOT_AN_ADMIN = "/console/not-an-admin";

    private static final String[] PATHS = {
        "/", "/login/**", "/logout", "/oauth2/**", "/console/**", "/assets/**", "/webjars/**"
    };
    private static final String[] PUBLIC = {"/login/**", "/oauth2/**", "/assets/**", "/webjars/**"};

    /// Scripts and styles from here only, none of them in a page; in nobody's frame. The style
    /// sheet draws its arrows and ticks as data.
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'";

    private ConsoleSecurityConfiguration() {}

    /// @param sessions who is signed in
    /// @param signIn where one signs in
    public static ServerHttpSecurity console(
            ServerHttpSecurity http, SessionRepository sessions, String signIn) {
        return http.securityMatcher(ServerWebExchangeMatchers.pathMatchers(PATHS))
                .securityContextRepository(sessions)
                .authorizeExchange(exchange ->
                        exchange.pathMatchers(PUBLIC)
                                .permitAll()
                                .pathMatchers(NOT_AN_ADMIN, "/logout")
                                .authenticated()
                                .anyExchange()
                                .hasAuthority(TokenClaims.ADMIN))
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint((exchange, _) -> go(exchange, signIn))
                                .accessDeniedHandler((exchange, _) -> denied(exchange)))
                .logout(logout ->
                        logout.requiresLogout(
                                new PathPatternParserServerWebExchangeMatcher(
                                        "/logout", HttpMethod.POST)))
                .headers(headers ->
                        headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_POLICY))
                                .referrerPolicy(
                                        policy -> policy.policy(ReferrerPolicy.NO_REFERRER)));
    }

    /// Forms are refused where they are; who only looks is told why there is nothing to see.
    private static Mono<Void> denied(ServerWebExchange exchange) {
        if (exchange.getRequest().getMethod() == HttpMethod.GET) {
            return go(exchange, NOT_AN_ADMIN);
        }
        exchange.getResponse().setStatusCode(HttpStatus.FORBIDDEN);
        return exchange.getResponse().setComplete();
    }

    /// A script would put the other page where it wanted a dialog.
    private static Mono<Void> go(ServerWebExchange exchange, String path) {
        var response = exchange.getResponse();
        if (exchange.getRequest().getHeaders().getFirst("HX-Request") == null) {
            response.setStatusCode(HttpStatus.FOUND);
            response.getHeaders().set(HttpHeaders.LOCATION, path);
        } else {
            response.setStatusCode(HttpStatus.UNAUTHORIZED);
            response.getHeaders().set("HX-Redirect", path);
        }
        return response.setComplete();
    }
}
