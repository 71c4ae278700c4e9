package com.avoma.webhooks.config.console.receiver;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The Verification tab. What is pasted into it is looked at and forgotten.
@Controller
@RequestMapping("/console/verification")
class ReceiverPageController {
    // read from files ahead of the first page, which is made on an event loop
    private final List<Snippet> snippets = Snippet.ALL;

    @GetMapping
    Rendering page() {
        return Rendering.view("verification").modelAttribute("snippets", snippets).build();
    }

    @PostMapping
    Mono<Rendering> diagnose(ServerWebExchange exchange) {
        return exchange.getFormData()
                .map(form -> {
                    var secret = text(form.getFirst("secret"));
                    // browsers send line ends as CR LF
                    var body = text(form.getFirst("body")).replace("\r\n", "\n");
                    var signature = text(form.getFirst("signature"));
                    return Rendering.view("verdict")
                            .modelAttribute(
                                    "verdict",
                                    secret.isEmpty()
                                            ? new SignatureDiagnosis.Verdict(
                                                    false,
                                                    "There is no secret",
                                                    "Paste the signing secret that your receiver"
                                                            + " verifies with.")
                                            : SignatureDiagnosis.of(body, signature, secret))
                            .build();
                });
    }

    private static String text(@Nullable String field) {
        return field == null ? "" : field;
    }
}
