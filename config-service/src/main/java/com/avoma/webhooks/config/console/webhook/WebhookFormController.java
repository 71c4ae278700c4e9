package com.avoma.webhooks.config.console.webhook;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.config.console.Done;
import com.avoma.webhooks.config.console.PageConfiguration;
import com.avoma.webhooks.config.directory.DirectoryRepository;
import com.avoma.webhooks.config.directory.DirectoryRepository.TeamName;
import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.idempotency.Idempotency;
import com.avoma.webhooks.config.idempotency.IdempotentRequest;
import com.avoma.webhooks.config.setup.Webhook;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.FieldError;
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.webhook.WebhookEditor;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// The dialogs that add, edit and delete a webhook: forms around [WebhookEditor]. A form that is
/// refused comes back with its fields as they were sent and the reasons beside them.
@Controller
@RequestMapping("/console/webhooks")
class WebhookFormController {
    private static final byte[] ACTIVATION =
            "{\"is_active\":true}".getBytes(StandardCharsets.UTF_8);

    private final WebhookEditor webhooks;
    private final DirectoryRepository directory;
    private final Idempotency idempotency;

    WebhookFormController(
            WebhookEditor webhooks, DirectoryRepository directory, Idempotency idempotency) {
        this.webhooks = webhooks;
        this.directory = directory;
        this.idempotency = idempotency;
    }

    @GetMapping("/new")
    Mono<Rendering> add(@AuthenticationPrincipal Caller caller) {
        return dialog(caller, WebhookForm.empty(), Faults.NONE);
    }

    @PostMapping
    Mono<Rendering> create(@AuthenticationPrincipal Caller caller, ServerWebExchange exchange) {
        return exchange.getFormData()
                .map(fields -> WebhookForm.of(null, fields))
                .flatMap(form ->
                        Mono.defer(() -> create(caller, form))
                                .map(_ -> PageConfiguration.redirect(Done.WEBHOOK_ADDED.at("/")))
                                .onErrorResume(
                                        RefusedException.class,
                                        e -> dialog(caller, form, Faults.of(e))));
    }

    @GetMapping("/{uuid}/edit")
    Mono<Rendering> edit(@AuthenticationPrincipal Caller caller, @PathVariable String uuid) {
        return webhooks.one(caller, uuid(uuid))
                .flatMap(seen -> dialog(caller, WebhookForm.of(seen.webhook()), Faults.NONE));
    }

    @PostMapping("/{uuid}")
    Mono<Rendering> save(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String uuid,
            ServerWebExchange exchange) {
        var id = uuid(uuid);
        return exchange.getFormData()
                .map(fields -> WebhookForm.of(id, fields))
                .flatMap(form ->
                        Mono.defer(() ->
                                        webhooks.patch(caller, id, complete(form), unchanged(form)))
                                .map(_ -> PageConfiguration.redirect(Done.WEBHOOK_SAVED.at("/")))
                                .onErrorResume(
                                        RefusedException.class,
                                        e ->
                                                Faults.stale(e)
                                                        ? stale(caller, id, form)
                                                        : dialog(caller, form, Faults.of(e))));
    }

    @PostMapping("/{uuid}/activate")
    Mono<Rendering> activate(@AuthenticationPrincipal Caller caller, @PathVariable String uuid) {
        return webhooks.patch(caller, uuid(uuid), ACTIVATION, _ -> true)
                .map(_ -> PageConfiguration.redirect(Done.WEBHOOK_ACTIVATED.at("/")));
    }

    @GetMapping("/{uuid}/delete")
    Mono<Rendering> confirmDeletion(
            @AuthenticationPrincipal Caller caller, @PathVariable String uuid) {
        return webhooks.one(caller, uuid(uuid))
                .map(seen ->
                        Rendering.view("webhook-delete")
                                .modelAttribute("webhook", seen.webhook())
                                .build());
    }

    @PostMapping("/{uuid}/delete")
    Mono<Rendering> delete(@AuthenticationPrincipal Caller caller, @PathVariable String uuid) {
        return webhooks.delete(caller, uuid(uuid), _ -> true)
                .map(_ -> PageConfiguration.redirect(Done.WEBHOOK_DELETED.at("/")));
    }

    /// What the receiver gets for a trigger event.
    @GetMapping("/sample")
    Rendering sample(@RequestParam("event_type") String eventType) {
        var event =
                TriggerEvent.of(eventType)
                        .orElseThrow(() -> RefusedException.notFound("trigger event"));
        return Rendering.view("sample")
                .modelAttribute("event", event)
                .modelAttribute("sample", Samples.of(event))
                .build();
    }

    /// Once, however often the form is sent.
    private Mono<Answer<String>> create(Caller caller, WebhookForm form) {
        var json = complete(form);
        var key = form.key().isEmpty() ? null : form.key();
        var once = IdempotentRequest.of(caller, key, "POST /console/webhooks", json);
        var change =
                webhooks.create(caller, json, webhook -> added(webhook).keptFor(once))
                        .map(WebhookFormController::added);
        return idempotency.once(once, String.class, change);
    }

    private static Answer<String> added(Webhook webhook) {
        return Answer.first(HttpStatus.CREATED.value(), null, webhook.uuid().toString());
    }

    /// The form as it is, with what somebody else saved beside it; sent again it goes over that.
    private Mono<Rendering> stale(Caller caller, UUID uuid, WebhookForm form) {
        var teams =
                directory
                        .teams(caller.organization())
                        .collectMap(team -> team.uuid().toString(), TeamName::name);
        return Mono.zip(webhooks.one(caller, uuid), teams)
                .flatMap(data -> {
                    var theirs = WebhookForm.of(data.getT1().webhook());
                    var saved = Meanwhile.of(form, theirs, data.getT2());
                    return dialog(caller, form.over(theirs.version()), Faults.stale(saved));
                });
    }

    private Mono<Rendering> dialog(Caller caller, WebhookForm form, Faults faults) {
        var teams =
                directory
                        .teams(caller.organization())
                        .sort(Comparator.comparing(TeamName::name).thenComparing(TeamName::uuid))
                        .collectList();
        return Mono.zip(teams, webhooks.all(caller))
                .map(data -> {
                    var event = TriggerEvent.of(form.eventType()).orElse(TriggerEvent.AINOTE);
                    return Rendering.view("webhook-form")
                            .status(
                                    faults == Faults.NONE
                                            ? HttpStatus.OK
                                            : HttpStatus.UNPROCESSABLE_CONTENT)
                            .modelAttribute("form", form)
                            .modelAttribute("faults", faults)
                            .modelAttribute("teams", data.getT1())
                            .modelAttribute("events", EventChoice.all(data.getT2()))
                            .modelAttribute("event", event)
                            .modelAttribute("sample", Samples.of(event))
                            .build();
                });
    }

    /// @throws RefusedException where only members in teams are to trigger it, and no team is
    ///   chosen
    private static byte[] complete(WebhookForm form) {
        if (form.lacksTeams()) {
            throw RefusedException.invalid(
                    List.of(new FieldError("teams", "choose at least one team, or All members")));
        }
        return form.json();
    }

    private static Predicate<Webhook> unchanged(WebhookForm form) {
        return webhook -> webhook.version() == form.version();
    }

    private static UUID uuid(String text) {
        return JsonBody.uuid(text).orElseThrow(() -> RefusedException.notFound("webhook"));
    }
}
