package com.avoma.webhooks.config.console.login;

import com.avoma.webhooks.config.console.ConsoleSecurityConfiguration;
import com.avoma.webhooks.config.console.SessionRepository;
import com.avoma.webhooks.config.web.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.RedirectServerAuthenticationSuccessHandler;
import reactor.core.publisher.Mono;

/// The built-in login of the quickstart: one admin, whose name and password the quickstart makes
/// up. The API does not take the console's session, so nothing else depends on it.
@Configuration(proxyBeanMethods = false)
@Profile("quickstart")
@EnableConfigurationProperties(ConsoleLoginProperties.class)
class ConsoleLoginConfiguration {
    @Bean
    @Order(0)
    SecurityWebFilterChain console(
            ServerHttpSecurity http, SessionRepository sessions, ConsoleLoginProperties login) {
        return ConsoleSecurityConfiguration.console(http, sessions, "/login")
                .formLogin(form ->
                        form.loginPage("/login")
                                .securityContextRepository(sessions)
                                .authenticationManager(admin(login))
                                .authenticationSuccessHandler(
                                        new RedirectServerAuthenticationSuccessHandler("/")))
                .build();
    }

    private static ReactiveAuthenticationManager admin(ConsoleLoginProperties login) {
        return authentication -> {
            boolean known =
                    same(login.username(), authentication.getName())
                            & same(
                                    login.password(),
                                    String.valueOf(authentication.getCredentials()));
            return known
                    ? Mono.just(
                            SessionRepository.signedIn(
                                    Caller.user(login.organization(), login.username(), null),
                                    true))
                    : Mono.error(new BadCredentialsException("wrong name or password"));
        };
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
