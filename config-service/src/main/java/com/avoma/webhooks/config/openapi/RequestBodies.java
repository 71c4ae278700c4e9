package com.avoma.webhooks.config.openapi;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.config.replay.Only;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What requests have in their bodies. For the description only: requests are read field by field,
/// so that one answer names every fault. A field that is nullable here may be null, which resets
/// it.
final class RequestBodies {
    /// By the operation that takes them.
    static final Map<String, Class<? extends Record>> OF =
            Map.of(
                    "createWebhook", NewWebhook.class,
                    "updateWebhook", WebhookPatch.class,
                    "setSigningSecret", CustomSecret.class,
                    "rotateSigningSecret", Rotation.class,
                    "createApiKey", NewApiKey.class,
                    "testWebhook", Nothing.class,
                    "previewWebhook", WebhookPatch.class,
                    "previewNewWebhook", PreviewedWebhook.class,
                    "createRecovery", NewRecovery.class,
                    "redeliver", Nothing.class);

    private RequestBodies() {}

    /// Whether an operation takes no request without a body.
    static boolean isRequired(String operation) {
        return operation.equals("updateWebhook")
                || Arrays.stream(type(operation).getRecordComponents())
                        .anyMatch(component -> component.isAnnotationPresent(Required.class));
    }

    /// @throws IllegalStateException where it is not known what the operation takes
    static Class<? extends Record> type(String operation) {
        var type = OF.get(operation);
        if (type == null) {
            throw new IllegalStateException("no request body of " + operation + " is described");
        }
        return type;
    }

    /// Only what is [Required] has to be there.
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Partial {}

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Required {}

    /// A new webhook.
    @Partial
    record NewWebhook(
            @Required TriggerEvent eventType,
            @Required String targetUrl,
            @Nullable String name,
            @Nullable Integer targetType,
            Boolean isActive,
            @Nullable List<UUID> teams,
            @Nullable List<CustomHeader> headers,
            @Nullable ClientCertificate clientCertificate) {}

    /// A new webhook, as far as there is one yet.
    @Partial
    record PreviewedWebhook(
            @Required TriggerEvent eventType,
            String targetUrl,
            @Nullable String name,
            @Nullable Integer targetType,
            Boolean isActive,
            @Nullable List<UUID> teams,
            @Nullable List<CustomHeader> headers,
            @Nullable ClientCertificate clientCertificate) {}

    /// A merge patch (RFC 7396) of a webhook.
    @Partial
    record WebhookPatch(
            TriggerEvent eventType,
            String targetUrl,
            @Nullable String name,
            @Nullable Integer targetType,
            Boolean isActive,
            @Nullable List<UUID> teams,
            @Nullable List<CustomHeader> headers,
            @Nullable ClientCertificate clientCertificate) {}

    /// A custom header of a request.
    @Partial
    record CustomHeader(@Required String name, @Nullable String value, @Nullable Boolean secret) {}

    /// What the webhook shows to receivers that ask for a certificate, in PEM: the chain with the
    /// client's own certificate first, and its key in PKCS #8.
    @Partial
    record ClientCertificate(@Required String certificate, @Required String privateKey) {}

    /// A signing secret of the customer's own; `""` for none.
    @Partial
    record CustomSecret(@Required String signingSecret) {}

    /// How long the old secret still signs, in ISO 8601.
    @Partial
    record Rotation(@Nullable String overlap) {}

    /// An empty object, which may be left out.
    @Partial
    record Nothing() {}

    /// What is to be sent again.
    @Partial
    record NewRecovery(
            @Required Instant since,
            @Nullable Instant until,
            @Nullable Only only,
            @Nullable Boolean dryRun) {}

    /// A new API key.
    @Partial
    record NewApiKey(@Nullable String name) {}
}
