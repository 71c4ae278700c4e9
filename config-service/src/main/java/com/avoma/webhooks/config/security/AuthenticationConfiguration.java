package com.avoma.webhooks.config.security;

import com.avoma.webhooks.config.apikey.ApiKeyRepository;
import com.avoma.webhooks.config.apikey.KeySecret;
import com.avoma.webhooks.config.directory.DirectoryRepository;
import com.avoma.webhooks.config.isolation.Scope;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.RefusedException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import reactor.core.publisher.Mono;

/// Turns bearer credentials into a [Caller]: an API key where there is a colon in them, a token
/// otherwise.
@Configuration(proxyBeanMethods = false)
class AuthenticationConfiguration {
    private static final String SCHEME = "Bearer ";

    private final ApiKeyRepository keys;
    private final DirectoryRepository directory;
    private final TokenClaims claims;
    private final @Nullable ReactiveJwtDecoder tokens;

    AuthenticationConfiguration(
            ApiKeyRepository keys,
            DirectoryRepository directory,
            SecurityProperties properties,
            ObjectProvider<ReactiveJwtDecoder> tokens) {
        this.keys = keys;
        this.directory = directory;
        this.claims = new TokenClaims(properties);
        this.tokens = tokens.getIfAvailable();
    }

    @Bean
    ServerAuthenticationConverter bearer() {
        return exchange -> {
            var header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
            if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
                return Mono.empty();
            }
            var credentials = header.substring(SCHEME.length()).strip();
            var token = UsernamePasswordAuthenticationToken.unauthenticated("bearer", credentials);
            token.setDetails(address(exchange.getRequest().getRemoteAddress()));
            return Mono.just(token);
        };
    }

    @Bean
    ReactiveAuthenticationManager callers() {
        return authentication -> {
            var credentials = String.valueOf(authentication.getCredentials());
            var address = authentication.getDetails() instanceof String text ? text : null;
            int colon = credentials.indexOf(':');
            return colon < 0
                    ? byToken(credentials, address)
                    : byKey(
                            new KeySecret(
                                    credentials.substring(0, colon),
                                    credentials.substring(colon + 1)),
                            address);
        };
    }

    private static @Nullable String address(@Nullable InetSocketAddress remote) {
        return remote == null || remote.getAddress() == null
                ? null
                : remote.getAddress().getHostAddress();
    }

    private Mono<Authentication> byKey(KeySecret key, @Nullable String address) {
        return keys.authenticate(key)
                .map(organization -> Caller.key(organization, key.clientKey(), address))
                .map(caller -> authenticated(caller, true))
                .switchIfEmpty(
                        Mono.error(() -> new BadCredentialsException("no such API key in use")));
    }

    private Mono<Authentication> byToken(String text, @Nullable String address) {
        if (tokens == null) {
            return Mono.error(new BadCredentialsException("no token is trusted"));
        }
        return tokens.decode(text)
                .onErrorMap(
                        BadJwtException.class,
                        e -> new BadCredentialsException("the token is not valid", e))
                .flatMap(token -> byClaims(token, address));
    }

    private Mono<Authentication> byClaims(Jwt token, @Nullable String address) {
        if (!claims.ofIssuer(token.getClaims().get("iss"))) {
            return Mono.error(new BadCredentialsException("the token is of another issuer"));
        }
        var caller = claims.caller(token.getClaims(), address);
        return directory
                .has(caller.organization())
                .contextWrite(Scope.of(caller.organization()))
                .map(has -> {
                    if (!has) {
                        throw RefusedException.forbidden(
                                "Organization "
                                        + caller.organization()
                                        + " is not in the directory.");
                    }
                    return authenticated(caller, claims.admin(token.getClaims()));
                });
    }

    private static Authentication authenticated(Caller caller, boolean admin) {
        return UsernamePasswordAuthenticationToken.authenticated(
                caller,
                null,
                admin ? List.of(new SimpleGrantedAuthority(TokenClaims.ADMIN)) : List.of());
    }
}
