package com.avoma.webhooks.delivery.pipeline;

import com.avoma.webhooks.delivery.endpoint.Endpoint;
import com.avoma.webhooks.delivery.sending.Request;
import com.avoma.webhooks.delivery.sending.Request.Header;
import com.avoma.webhooks.delivery.signing.Signer;
import java.time.Instant;
import java.util.ArrayList;

/// Makes the request of a job: signed at that moment, with the webhook's headers.
final class Requests {
    private static final Header TEST = new Header("webhooks-test", "true");

    private Requests() {}

    static Request of(Arrival.Job arrival, Endpoint endpoint, String userAgent, Instant now) {
        var job = arrival.job();
        var headers = Signer.sign(job.messageId(), now, job.body(), endpoint.secrets());
        if (arrival.isTest()) {
            headers = new ArrayList<>(headers);
            headers.add(TEST);
        }
        return Request.of(endpoint.url(), userAgent, headers, endpoint.headers(), job.body());
    }
}
