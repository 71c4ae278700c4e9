package com.avoma.webhooks.config.console.login;

import org.springframework.context.annotation.Profile;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;

/// The page of the quickstart's login.
@Controller
@Profile("quickstart")
class LoginController {
    @GetMapping("/login")
    Rendering login(ServerHttpRequest request) {
        var query = request.getQueryParams();
        return Rendering.view("login")
                .modelAttribute("failed", query.containsKey("error"))
                .modelAttribute("signedOut", query.containsKey("logout"))
                .build();
    }
}
