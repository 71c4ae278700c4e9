package com.avoma.webhooks.config.console.delivery;

import com.avoma.webhooks.config.statistics.StatisticsAnswer;
import com.avoma.webhooks.config.statistics.StatisticsReader;
import com.avoma.webhooks.config.testsend.TestSends;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.webhook.WebhookEditor;
import java.util.Map;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/// How a webhook does: over the last day, and right now by a test send.
@Controller
@RequestMapping("/console/webhooks/{uuid}")
class TestPageController {
    private final WebhookEditor webhooks;
    private final TestSends tests;
    private final StatisticsReader statistics;
    private final LastFailureRepository failures;

    TestPageController(
            WebhookEditor webhooks,
            TestSends tests,
            StatisticsReader statistics,
            LastFailureRepository failures) {
        this.webhooks = webhooks;
        this.tests = tests;
        this.statistics = statistics;
        this.failures = failures;
    }

    @GetMapping("/test")
    Mono<Rendering> ask(@AuthenticationPrincipal Caller caller, @PathVariable String uuid) {
        return webhooks.one(caller, uuid(uuid))
                .map(seen ->
                        Rendering.view("webhook-test")
                                .modelAttribute("webhook", seen.webhook())
                                .build());
    }

    @PostMapping("/test")
    Mono<Rendering> send(@AuthenticationPrincipal Caller caller, @PathVariable String uuid) {
        return tests.send(caller, uuid(uuid), _ -> null)
                .map(attempt ->
                        Rendering.view("webhook-tested")
                                .modelAttribute("attempt", attempt)
                                .build());
    }

    /// Asked for by the list, row by row, so that the list does not wait for it.
    @GetMapping("/health")
    Mono<Rendering> health(@AuthenticationPrincipal Caller caller, @PathVariable String uuid) {
        return statistics
                .of(caller, uuid(uuid), Map.of())
                .flatMap(day ->
                        health(caller, uuid(uuid), day)
                                .map(health ->
                                        Rendering.view("webhook-health")
                                                .modelAttribute("health", health)
                                                .build()));
    }

    private Mono<HealthRow> health(Caller caller, UUID webhook, StatisticsAnswer day) {
        var part = HealthRow.lastToFail(day);
        return part == null
                ? Mono.just(HealthRow.of(day, null))
                : failures.between(caller.organization(), webhook, part.from(), part.until())
                        .defaultIfEmpty(part.from())
                        .map(last -> HealthRow.of(day, last));
    }

    private static UUID uuid(String text) {
        return JsonBody.uuid(text).orElseThrow(() -> RefusedException.notFound("webhook"));
    }
}
