package com.avoma.webhooks.config.console;

import com.avoma.webhooks.config.security.SecurityProperties;
import com.avoma.webhooks.config.security.TokenClaims;
import com.avoma.webhooks.config.web.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/// Who is signed in, in the session: always a [Caller], whichever way it came, with the address of
/// the request at hand. Nothing of the provider's tokens is kept.
@Component
public class SessionRepository implements ServerSecurityContextRepository {
    private final ServerSecurityContextRepository session =
            new WebSessionServerSecurityContextRepository();
    private final TokenClaims claims;

    SessionRepository(SecurityProperties properties) {
        this.claims = new TokenClaims(properties);
    }

    @Override
    public Mono<Void> save(ServerWebExchange exchange, @Nullable SecurityContext context) {
        var signedIn =
                context != null
                                && context.getAuthentication()
                                        instanceof OAuth2AuthenticationToken token
                        ? new SecurityContextImpl(ofProvider(token))
                        : context;
        return session.save(exchange, signedIn);
    }

    @Override
    public Mono<SecurityContext> load(ServerWebExchange exchange) {
        return session.load(exchange)
                .map(context -> {
                    var authentication = context.getAuthentication();
                    return authentication != null
                                    && authentication.getPrincipal() instanceof Caller caller
                            ? new SecurityContextImpl(at(exchange, caller, authentication))
                            : context;
                });
    }

    /// Whether somebody is still signed in. Asking does not make the session longer.
    public static boolean holds(WebSession session) {
        return !session.isExpired()
                && session.getAttribute(
                                WebSessionServerSecurityContextRepository
                                        .DEFAULT_SPRING_SECURITY_CONTEXT_ATTR_NAME)
                        != null;
    }

    /// @param admin whether it may manage webhooks
    public static Authentication signedIn(Caller caller, boolean admin) {
        return UsernamePasswordAuthenticationToken.authenticated(
                caller,
                null,
                admin ? List.of(new SimpleGrantedAuthority(TokenClaims.ADMIN)) : List.of());
    }

    private Authentication ofProvider(OAuth2AuthenticationToken token) {
        var attributes = token.getPrincipal().getAttributes();
        return signedIn(claims.caller(attributes, null), claims.admin(attributes));
    }

    private static Authentication at(
            ServerWebExchange exchange, Caller caller, Authentication authentication) {
        var remote = exchange.getRequest().getRemoteAddress();
        var address =
                remote == null || remote.getAddress() == null
                        ? null
                        : remote.getAddress().getHostAddress();
        return UsernamePasswordAuthenticationToken.authenticated(
                new Caller(caller.organization(), caller.actor(), address),
                null,
                authentication.getAuthorities());
    }
}
