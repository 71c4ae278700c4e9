package com.avoma.webhooks.config.console.login;

import com.avoma.webhooks.config.console.ConsoleSecurityConfiguration;
import com.avoma.webhooks.config.console.SessionRepository;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.RedirectServerAuthenticationFailureHandler;
import org.springframework.security.web.server.authentication.RedirectServerAuthenticationSuccessHandler;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.WebFilter;

/// Signing in by the product's OpenID Connect provider, `spring.security.oauth2.client.*`. Its
/// claims say of which organization one is and whether an admin, as those of the API's tokens do.
/// Without a provider there is no console.
@Configuration(proxyBeanMethods = false)
@Profile("!quickstart")
class ProviderLoginConfiguration {
    @Bean
    @Order(0)
    SecurityWebFilterChain console(
            ServerHttpSecurity http,
            SessionRepository sessions,
            ObjectProvider<ReactiveClientRegistrationRepository> providers) {
        var registration = first(providers.getIfAvailable());
        if (registration == null) {
            // a chain must have a filter, also one that matches nothing
            WebFilter none = (exchange, chain) -> chain.filter(exchange);
            return new MatcherSecurityWebFilterChain(_ -> MatchResult.notMatch(), List.of(none));
        }
        return ConsoleSecurityConfiguration.console(http, sessions, path(registration))
                .oauth2Login(login ->
                        login.securityContextRepository(sessions)
                                .authenticationSuccessHandler(
                                        new RedirectServerAuthenticationSuccessHandler("/"))
                                .authenticationFailureHandler(
                                        new RedirectServerAuthenticationFailureHandler(
                                                "/login?error")))
                .build();
    }

    /// Where signing in begins.
    static String path(ClientRegistration registration) {
        return "/oauth2/authorization/" + registration.getRegistrationId();
    }

    /// The one that is used where there are more.
    static @Nullable ClientRegistration first(
            @Nullable ReactiveClientRegistrationRepository providers) {
        if (providers instanceof Iterable<?> all) {
            for (var registration : all) {
                return (ClientRegistration) registration;
            }
        }
        return null;
    }
}
