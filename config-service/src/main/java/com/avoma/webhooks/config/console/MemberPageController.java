package com.avoma.webhooks.config.console;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;

/// For those who are signed in and no admins.
@Controller
class MemberPageController {
    @GetMapping(ConsoleSecurityConfiguration.NOT_AN_ADMIN)
    Rendering page() {
        return Rendering.view("not-an-admin")
                .status(HttpStatus.FORBIDDEN)
                .modelAttribute("member", true)
                .build();
    }
}
