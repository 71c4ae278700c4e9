package com.avoma.webhooks.config.webhook;

import com.avoma.webhooks.config.setup.InactiveReason;
import com.avoma.webhooks.config.setup.Webhook;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A webhook as the API answers it.
///
/// @param deletedTeams those of the teams that the directory has no more; nobody triggers the
///   webhook through them
/// @param clientCertificate left out where it has none, as every answer had none before there were
///   any
@Schema(name = "Webhook")
record WebhookAnswer(
        UUID uuid,
        String name,
        String eventType,
        String targetUrl,
        int targetType,
        @JsonProperty("is_active") boolean active,
        @Nullable InactiveReason inactiveReason,
        List<UUID> teams,
        List<UUID> deletedTeams,
        List<Header> headers,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ClientCertificate clientCertificate,
        Instant created,
        Instant modified) {

    /// @param value left out where it is secret
    /// @param secret true or left out
    @Schema(name = "WebhookHeader")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Header(String name, @Nullable String value, @Nullable Boolean secret) {}

    /// What the webhook shows to receivers that ask for a certificate. Its key is write-only.
    @Schema(name = "WebhookClientCertificate")
    record ClientCertificate(String subject, Instant expiresAt) {
        static @Nullable ClientCertificate of(Webhook.@Nullable ClientCertificate certificate) {
            return certificate == null
                    ? null
                    : new ClientCertificate(certificate.subject(), certificate.expiresAt());
        }
    }

    /// @param missing the teams that the directory does not have, of this webhook and of others
    static WebhookAnswer of(Webhook webhook, Set<UUID> missing) {
        var fields = webhook.fields();
        return new WebhookAnswer(
                webhook.uuid(),
                fields.name(),
                fields.eventType().name(),
                fields.targetUrl(),
                fields.targetType(),
                webhook.active(),
                webhook.inactiveReason(),
                fields.teams().stream().sorted().toList(),
                fields.teams().stream().filter(missing::contains).sorted().toList(),
                fields.headers().stream()
                        .map(h -> new Header(h.name(), h.value(), h.secret() == null ? null : true))
                        .toList(),
                ClientCertificate.of(fields.clientCertificate()),
                webhook.created(),
                webhook.modified());
    }
}
