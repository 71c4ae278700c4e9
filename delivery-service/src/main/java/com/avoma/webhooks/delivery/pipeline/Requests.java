package com.avoma.webhooks.delivery.pipeline;

import com.avoma.webhooks.common.job.TraceContext;
import com.avoma.webhooks.delivery.endpoint.Endpoint;
import com.avoma.webhooks.delivery.sending.Request;
import com.avoma.webhooks.delivery.sending.Request.Header;
import com.avoma.webhooks.delivery.signing.Signer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes the request of a job: signed at that moment, with the webhook's headers.
final class Requests {
    private static final Header TEST = new Header("webhooks-test", "true");

    private static final Pattern TRACE_PARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]+");

    private Requests() {}

    /// @param trace what the receiver is told of it, if anything
    static Request of(
            Arrival.Job arrival,
            Endpoint endpoint,
            String userAgent,
            @Nullable TraceContext trace,
            Instant now) {
        var job = arrival.job();
        var headers = Signer.sign(job.messageId(), now, job.body(), endpoint.secrets());
        if (arrival.isTest() || trace != null) {
            headers = new ArrayList<>(headers);
            if (arrival.isTest()) {
                headers.add(TEST);
            }
            if (trace != null) {
                addTrace(headers, trace);
            }
        }
        return Request.of(endpoint.url(), userAgent, headers, endpoint.headers(), job.body());
    }

    /// What is not as W3C Trace Context has it came from the producer, and is left out: it must not
    /// fail the delivery.
    private static void addTrace(List<Header> headers, TraceContext trace) {
        if (TRACE_PARENT.matcher(trace.parent()).matches()) {
            headers.add(new Header("traceparent", trace.parent()));
            if (trace.state() != null && PRINTABLE.matcher(trace.state()).matches()) {
                headers.add(new Header("tracestate", trace.state()));
            }
        }
    }
}
