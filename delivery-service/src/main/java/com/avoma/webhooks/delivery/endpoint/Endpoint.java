package com.avoma.webhooks.delivery.endpoint;

import com.avoma.webhooks.delivery.sending.Request.Header;
import com.avoma.webhooks.delivery.sending.tls.ClientIdentity;
import com.avoma.webhooks.delivery.signing.Signer.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a webhook is sent to, with everything in the clear that an attempt needs.
///
/// @param headers the webhook's own, in their order
/// @param secrets the organization's, newest first
/// @param identity what is shown to a receiver that asks for a certificate; null: nothing
public record Endpoint(
        String url, List<Header> headers, List<Secret> secrets, @Nullable ClientIdentity identity) {
    public Endpoint {
        headers = List.copyOf(headers);
        secrets = List.copyOf(secrets);
    }
}
