package com.avoma.webhooks.config.console.recovery;

import com.avoma.webhooks.config.recovery.Recoveries;
import com.avoma.webhooks.config.recovery.Recovery;
import com.avoma.webhooks.config.setup.Webhook;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.webhook.WebhookEditor;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

/// The dialog that sends many deliveries again: it counts first, then it sends, and shows how far
/// it is until it is closed; the recovery goes on without it.
@Controller
@RequestMapping("/console/webhooks/{uuid}")
class RecoveryPageController {
    private static final byte[] ACTIVATION =
            "{\"is_active\":true}".getBytes(StandardCharsets.UTF_8);

    private final WebhookEditor webhooks;
    private final Recoveries recoveries;
    private final Clock clock;

    RecoveryPageController(WebhookEditor webhooks, Recoveries recoveries, Clock clock) {
        this.webhooks = webhooks;
        this.recoveries = recoveries;
        this.clock = clock;
    }

    /// Begins where the oldest failure is, or shows the recovery that runs.
    @GetMapping("/recover")
    Mono<Rendering> ask(@AuthenticationPrincipal Caller caller, @PathVariable String uuid) {
        var id = uuid(uuid, "webhook");
        var dayAgo = clock.instant().minus(Duration.ofDays(1));
        return Mono.zip(
                        webhooks.one(caller, id),
                        recoveries.all(caller, id),
                        recoveries.failingSince(caller, id).defaultIfEmpty(dayAgo))
                .map(data -> {
                    var since = data.getT3().truncatedTo(ChronoUnit.MINUTES).toString();
                    var running = running(data.getT2());
                    return dialog(
                                    data.getT1().webhook(),
                                    running.map(RecoveryForm::of).orElse(RecoveryForm.since(since)),
                                    running.orElse(null))
                            .build();
                });
    }

    /// Counts, or sends.
    @PostMapping("/recover")
    Mono<Rendering> begin(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String uuid,
            ServerWebExchange exchange) {
        var id = uuid(uuid, "webhook");
        return exchange.getFormData()
                .map(fields -> RecoveryForm.of(fields.toSingleValueMap()))
                .flatMap(form ->
                        activated(caller, id, form)
                                .flatMap(webhook ->
                                        recoveries
                                                .create(caller, id, form.json(), _ -> null)
                                                .map(recovery ->
                                                        dialog(webhook, form, recovery).build()))
                                .onErrorResume(
                                        RefusedException.class, e -> refused(caller, id, form, e)));
    }

    @GetMapping("/recoveries/{recovery}")
    Mono<Rendering> progress(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String uuid,
            @PathVariable String recovery) {
        var id = uuid(uuid, "webhook");
        return Mono.zip(
                        webhooks.one(caller, id),
                        recoveries.one(caller, id, uuid(recovery, "recovery")))
                .map(data ->
                        Rendering.view("recovery-progress")
                                .modelAttribute("webhook", data.getT1().webhook())
                                .modelAttribute("recovery", data.getT2())
                                .build());
    }

    @PostMapping("/recoveries/{recovery}/cancel")
    Mono<Rendering> cancel(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String uuid,
            @PathVariable String recovery) {
        return recoveries
                .cancel(caller, uuid(uuid, "webhook"), uuid(recovery, "recovery"))
                .then(Mono.defer(() -> progress(caller, uuid, recovery)));
    }

    private Mono<Webhook> activated(Caller caller, UUID id, RecoveryForm form) {
        var webhook =
                form.activate() && !form.count()
                        ? webhooks.patch(caller, id, ACTIVATION, _ -> true)
                        : webhooks.one(caller, id);
        return webhook.map(WebhookEditor.Seen::webhook);
    }

    private Mono<Rendering> refused(
            Caller caller, UUID id, RecoveryForm form, RefusedException refused) {
        var ofTime = RecoveryForm.faultOfTime(refused);
        return webhooks.one(caller, id)
                .map(seen ->
                        dialog(seen.webhook(), form, null)
                                .status(HttpStatus.UNPROCESSABLE_CONTENT)
                                .modelAttribute("faultOfTime", ofTime == null ? "" : ofTime)
                                .modelAttribute("fault", ofTime == null ? refused.detail() : "")
                                .build());
    }

    private static Rendering.Builder<?> dialog(
            Webhook webhook, RecoveryForm form, @Nullable Recovery recovery) {
        var dialog =
                Rendering.view("recovery")
                        .modelAttribute("webhook", webhook)
                        .modelAttribute("form", form)
                        .modelAttribute("faultOfTime", "")
                        .modelAttribute("fault", "");
        return recovery == null ? dialog : dialog.modelAttribute("recovery", recovery);
    }

    private static Optional<Recovery> running(List<Recovery> all) {
        return all.reversed().stream()
                .filter(one -> one.status() == Recovery.Status.RUNNING && !one.dryRun())
                .findFirst();
    }

    private static UUID uuid(String text, String what) {
        return JsonBody.uuid(text).orElseThrow(() -> RefusedException.notFound(what));
    }
}
