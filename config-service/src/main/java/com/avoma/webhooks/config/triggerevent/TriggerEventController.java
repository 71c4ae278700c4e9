package com.avoma.webhooks.config.triggerevent;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.config.web.Addresses;
import com.avoma.webhooks.config.web.Page;
import com.avoma.webhooks.config.web.Window;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import java.util.Locale;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `/v1/trigger-events/`: the same for every organization, in the order of the wire contract.
@RestController
class TriggerEventController {
    /// @param schema of the request's body: JSON Schema, draft 2020-12
    /// @param sample a body with every field present
    record Answer(
            String eventType,
            String label,
            String description,
            @JsonRawValue String schema,
            @JsonRawValue String sample) {
        static Answer of(TriggerEvent event) {
            return new Answer(
                    event.name(),
                    event.label(),
                    event.description(),
                    event.schema().text(),
                    event.sample().text());
        }
    }

    @GetMapping("/v1/trigger-events")
    Page<Answer> list(ServerHttpRequest request) {
        var window = Window.of(request.getQueryParams());
        return Page.of(
                        List.of(TriggerEvent.values()),
                        TriggerEventController::key,
                        window,
                        Addresses.of(request.getURI()))
                .map(Answer::of);
    }

    private static String key(TriggerEvent event) {
        return String.format(Locale.ROOT, "%04d", event.ordinal());
    }
}
