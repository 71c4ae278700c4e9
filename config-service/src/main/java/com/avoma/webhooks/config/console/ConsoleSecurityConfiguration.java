package com.avoma.webhooks.config.console;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authentication.RedirectServerAuthenticationEntryPoint;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;

/// What holds for the console however admins sign in: which paths are its own, what its pages may
/// load, and how a session that is over is told.
public final class ConsoleSecurityConfiguration {
    private static final String[] PATHS = {
        "/", "/login", "/logout", "/console/**", "/assets/**", "/webjars/**"
    };
    private static final String[] PUBLIC = {"/login", "/assets/**", "/webjars/**"};

    /// Scripts and styles from here only, none of them in a page; in nobody's frame. The style
    /// sheet draws its arrows and ticks as data.
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'";

    private ConsoleSecurityConfiguration() {}

    public static ServerHttpSecurity console(ServerHttpSecurity http) {
        return http.securityMatcher(ServerWebExchangeMatchers.pathMatchers(PATHS))
                .authorizeExchange(exchange ->
                        exchange.pathMatchers(PUBLIC).permitAll().anyExchange().authenticated())
                .exceptionHandling(handling -> handling.authenticationEntryPoint(signIn()))
                .logout(logout ->
                        logout.requiresLogout(
                                new PathPatternParserServerWebExchangeMatcher(
                                        "/logout", HttpMethod.POST)))
                .headers(headers ->
                        headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_POLICY))
                                .referrerPolicy(
                                        policy -> policy.policy(ReferrerPolicy.NO_REFERRER)));
    }

    /// A script would put the page to sign in where it wanted a dialog.
    private static ServerAuthenticationEntryPoint signIn() {
        var redirect = new RedirectServerAuthenticationEntryPoint("/login");
        return (exchange, fault) -> {
            if (exchange.getRequest().getHeaders().getFirst("HX-Request") == null) {
                return redirect.commence(exchange, fault);
            }
            var response = exchange.getResponse();
            response.setStatusCode(HttpStatus.UNAUTHORIZED);
            response.getHeaders().set("HX-Redirect", "/login");
            return response.setComplete();
        };
    }
}
