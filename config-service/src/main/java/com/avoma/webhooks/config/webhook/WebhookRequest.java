package com.avoma.webhooks.config.webhook;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.config.receiver.ClientCertificatePem;
import com.avoma.webhooks.config.receiver.TargetUrl;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A webhook as a request has it; null: the request does not mention it. Every field that is there
/// keeps its rules, but for those that need the organization.
///
/// @param name null also where the request asks for the default name
/// @param resetName whether the name is to be the default one
/// @param noClientCertificate whether the webhook is to have none
public record WebhookRequest(
        @Nullable String name,
        boolean resetName,
        @Nullable TriggerEvent eventType,
        TargetUrl.@Nullable Accepted targetUrl,
        @Nullable Boolean active,
        @Nullable Set<UUID> teams,
        @Nullable List<Header> headers,
        ClientCertificatePem.@Nullable Accepted clientCertificate,
        boolean noClientCertificate) {

    /// @param value null: keep the one that the webhook has, which only a secret can ask for
    public record Header(String name, @Nullable String value, boolean secret) {
        /// Without the value.
        @Override
        public String toString() {
            return "Header[name=" + name + "]";
        }
    }
}
