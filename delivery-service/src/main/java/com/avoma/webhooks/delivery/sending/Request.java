package com.avoma.webhooks.delivery.sending;

import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.common.subscription.ReservedHeaders;
import com.avoma.webhooks.delivery.sending.tls.ClientIdentity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is posted: the target, the headers in their order on the wire (`Host` and `Content-Length`
/// are the sender's), and the body as it is.
///
/// @param identity the client certificate that is shown to a receiver that asks; null: none
public record Request(
        String url, List<Header> headers, Payload body, @Nullable ClientIdentity identity) {
    private static final String USER_AGENT = "User-Agent";

    /// A header as it is spelt on the wire. Its value may be a secret.
    public record Header(String name, String value) {
        @Override
        public String toString() {
            return name;
        }
    }

    public Request {
        headers = List.copyOf(headers);
    }

    /// The same request by a sender that has a client certificate.
    public Request by(@Nullable ClientIdentity client) {
        return new Request(url, headers, body, client);
    }

    /// Puts the headers in order: the contract's own, then the webhook's. Those of the webhook that
    /// would displace one of the contract's are left out, although config-service lets none in;
    /// `User-Agent` alone may be replaced.
    public static Request of(
            String url,
            String userAgent,
            List<Header> signature,
            List<Header> custom,
            Payload body) {
        List<Header> headers = new ArrayList<>(3 + signature.size() + custom.size());
        headers.add(new Header("Content-Type", "application/json"));
        if (custom.stream().noneMatch(header -> header.name().equalsIgnoreCase(USER_AGENT))) {
            headers.add(new Header(USER_AGENT, userAgent));
        }
        headers.addAll(signature);
        for (var header : custom) {
            if (!ReservedHeaders.contains(header.name())) {
                headers.add(header);
            }
        }
        return new Request(url, headers, body, null);
    }
}
