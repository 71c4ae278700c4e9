package com.avoma.webhooks.config.console.login;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;

/// The page to sign in at: the quickstart's form, or after signing out the way to the provider.
@Controller
class LoginController {
    /// Where signing in begins; empty: at this page's form.
    private final String provider;

    LoginController(
            Environment environment,
            ObjectProvider<ReactiveClientRegistrationRepository> providers) {
        var registration = ProviderLoginConfiguration.first(providers.getIfAvailable());
        this.provider =
                registration == null || environment.matchesProfiles("quickstart")
                        ? ""
                        : ProviderLoginConfiguration.path(registration);
    }

    @GetMapping("/login")
    Rendering login(ServerHttpRequest request) {
        var query = request.getQueryParams();
        return Rendering.view("login")
                .modelAttribute("failed", query.containsKey("error"))
                .modelAttribute("expired", query.containsKey("expired"))
                .modelAttribute("signedOut", query.containsKey("logout"))
                .modelAttribute("provider", provider)
                .build();
    }
}
