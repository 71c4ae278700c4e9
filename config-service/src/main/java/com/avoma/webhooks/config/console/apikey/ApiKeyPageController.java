package com.avoma.webhooks.config.console.apikey;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.config.apikey.ApiKey;
import com.avoma.webhooks.config.apikey.ApiKeyEditor;
import com.avoma.webhooks.config.console.Done;
import com.avoma.webhooks.config.console.PageConfiguration;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.RefusedException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The API keys tab: forms around [ApiKeyEditor]. A secret is in the answer to its form and in no
/// other.
@Controller
@RequestMapping("/console/api-keys")
class ApiKeyPageController {
    static final String PATH = "/console/api-keys";

    private final ApiKeyEditor keys;

    ApiKeyPageController(ApiKeyEditor keys) {
        this.keys = keys;
    }

    @GetMapping
    Mono<Rendering> page(@AuthenticationPrincipal Caller caller) {
        return keys.all(caller)
                .map(all ->
                        Rendering.view("api-keys")
                                .modelAttribute(
                                        "keys",
                                        all.stream()
                                                .sorted(
                                                        Comparator.comparing(ApiKey::created)
                                                                .thenComparing(ApiKey::clientKey))
                                                .toList())
                                .build());
    }

    @GetMapping("/new")
    Rendering add() {
        return form("", "", HttpStatus.OK);
    }

    @PostMapping
    Mono<Rendering> issue(@AuthenticationPrincipal Caller caller, ServerWebExchange exchange) {
        return exchange.getFormData()
                .map(fields -> fields.getOrDefault("name", List.of("")).getFirst().strip())
                .flatMap(name ->
                        Mono.defer(() -> keys.issue(caller, json(name), _ -> null))
                                .map(issued ->
                                        Rendering.view("api-key-issued")
                                                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                                                .modelAttribute("issued", issued)
                                                .build())
                                .onErrorResume(
                                        RefusedException.class,
                                        e ->
                                                Mono.just(
                                                        form(
                                                                name,
                                                                e.detail(),
                                                                HttpStatus
                                                                        .UNPROCESSABLE_CONTENT))));
    }

    @GetMapping("/{clientKey}/delete")
    Mono<Rendering> confirmDeletion(
            @AuthenticationPrincipal Caller caller, @PathVariable String clientKey) {
        return keys.all(caller)
                .map(all ->
                        all.stream()
                                .filter(key -> key.clientKey().equals(clientKey))
                                .findFirst()
                                .orElseThrow(() -> RefusedException.notFound("API key")))
                .map(key -> Rendering.view("api-key-delete").modelAttribute("key", key).build());
    }

    @PostMapping("/{clientKey}/delete")
    Mono<Rendering> delete(@AuthenticationPrincipal Caller caller, @PathVariable String clientKey) {
        return keys.delete(caller, clientKey)
                .then(
                        Mono.fromSupplier(
                                () -> PageConfiguration.redirect(Done.KEY_DELETED.at(PATH))));
    }

    private static byte[] json(String name) {
        return Json.write(name.isEmpty() ? Map.of() : Map.of("name", name));
    }

    /// @param fault empty: nothing is wrong
    private static Rendering form(String name, String fault, HttpStatus status) {
        return Rendering.view("api-key-form")
                .status(status)
                .modelAttribute("name", name)
                .modelAttribute("fault", fault)
                .build();
    }
}
