package com.avoma.webhooks.browser;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/// A page with a fault.
@Controller
class BrokenPageController {
    static final String PATH = "/console/broken";

    @GetMapping(PATH)
    String page() {
        throw new IllegalStateException("a fault, made by a test");
    }
}
