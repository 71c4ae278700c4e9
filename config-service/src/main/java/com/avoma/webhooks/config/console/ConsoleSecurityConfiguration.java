package com.avoma.webhooks.config.console;

import com.avoma.webhooks.config.security.TokenClaims;
import com.avoma.webhooks.config.web.RefusedException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.savedrequest.ServerRequestCache;
import org.springframework.security.web.server.savedrequest.WebSessionServerRequestCache;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
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

    private static final String SESSION_COOKIE = "SESSION";
    private static final String OVER =
            "Your session is over, so this page does not change any more. Reload it to sign in"
                    + " again.";
    private static final ServerRequestCache ASKED = new WebSessionServerRequestCache();

    private ConsoleSecurityConfiguration() {}

    /// @param sessions who is signed in
    /// @param signIn where one signs in
    public static ServerHttpSecurity console(
            ServerHttpSecurity http, SessionRepository sessions, String signIn) {
        return http.securityMatcher(
                        ServerWebExchangeMatchers.matchers(
                                ServerWebExchangeMatchers.pathMatchers(PATHS),
                                ConsoleSecurityConfiguration::anyPage))
                .securityContextRepository(sessions)
                .authorizeExchange(exchange ->
                        exchange.pathMatchers(PUBLIC)
                                .permitAll()
                                .pathMatchers(NOT_AN_ADMIN, "/logout")
                                .authenticated()
                                .anyExchange()
                                .hasAuthority(TokenClaims.ADMIN))
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint(
                                        (exchange, _) -> askToSignIn(exchange, signIn))
                                .accessDeniedHandler((exchange, _) -> denied(exchange)))
                .csrf(csrf ->
                        csrf.accessDeniedHandler(
                                (exchange, _) -> stale(exchange, sessions, signIn)))
                .logout(logout ->
                        logout.requiresLogout(
                                new PathPatternParserServerWebExchangeMatcher(
                                        "/logout", HttpMethod.POST)))
                .headers(headers ->
                        headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_POLICY))
                                .referrerPolicy(
                                        policy -> policy.policy(ReferrerPolicy.NO_REFERRER)));
    }

    /// Whether a browser asks for a page, at an address that is neither the API's nor the
    /// operators'.
    static boolean isPage(ServerHttpRequest request) {
        var path = request.getPath().pathWithinApplication().value();
        return request.getHeaders().getOrEmpty(HttpHeaders.ACCEPT).stream()
                        .anyMatch(accepted -> accepted.contains(MediaType.TEXT_HTML_VALUE))
                && !path.startsWith("/v1/")
                && !path.startsWith("/actuator");
    }

    /// Also one that is not there.
    private static Mono<MatchResult> anyPage(ServerWebExchange exchange) {
        return isPage(exchange.getRequest()) ? MatchResult.match() : MatchResult.notMatch();
    }

    /// Forms are refused where they are; who only looks is told why there is nothing to see.
    private static Mono<Void> denied(ServerWebExchange exchange) {
        return exchange.getRequest().getMethod() == HttpMethod.GET
                ? go(exchange, NOT_AN_ADMIN)
                : Mono.error(
                        RefusedException.forbidden(
                                "Only admins of the organization manage webhooks."));
    }

    /// A form without the token of its session: mostly because that is over.
    private static Mono<Void> stale(
            ServerWebExchange exchange, SessionRepository sessions, String signIn) {
        var refused =
                RefusedException.forbidden(
                        "This page is from an earlier session, and its form does not count any"
                                + " more.");
        boolean signingIn = exchange.getRequest().getPath().value().equals("/login");
        return sessions.load(exchange)
                .hasElement()
                .flatMap(signedIn ->
                        signedIn || signingIn
                                ? Mono.error(refused)
                                : askToSignIn(exchange, signIn));
    }

    /// Afterwards the browser is at the page that it asked for.
    private static Mono<Void> askToSignIn(ServerWebExchange exchange, String signIn) {
        var request = exchange.getRequest();
        if (request.getHeaders().getAccept().contains(MediaType.TEXT_EVENT_STREAM)) {
            return end(exchange);
        }
        boolean expired = request.getCookies().containsKey(SESSION_COOKIE);
        var path = expired && signIn.equals("/login") ? signIn + "?expired" : signIn;
        var asked =
                PageConfiguration.byScript(request)
                        ? Mono.<Void>empty()
                        : ASKED.saveRequest(exchange);
        return asked.then(Mono.defer(() -> go(exchange, path)));
    }

    /// A stream is opened again and again until it is told that it is over.
    private static Mono<Void> end(ServerWebExchange exchange) {
        var response = exchange.getResponse();
        response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
        var over = "event: over\ndata: <p class=\"alert alert-warning mb-3\">" + OVER + "</p>\n\n";
        return response.writeWith(
                Mono.just(response.bufferFactory().wrap(over.getBytes(StandardCharsets.UTF_8))));
    }

    /// A script would put the other page where it wanted a dialog.
    private static Mono<Void> go(ServerWebExchange exchange, String path) {
        var response = exchange.getResponse();
        if (PageConfiguration.byScript(exchange.getRequest())) {
            response.setStatusCode(HttpStatus.UNAUTHORIZED);
            response.getHeaders().set("HX-Redirect", path);
        } else {
            response.setStatusCode(HttpStatus.FOUND);
            response.getHeaders().set(HttpHeaders.LOCATION, path);
        }
        return response.setComplete();
    }
}
