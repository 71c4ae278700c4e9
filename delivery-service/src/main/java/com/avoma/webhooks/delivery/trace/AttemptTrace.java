package com.avoma.webhooks.delivery.trace;

import com.avoma.webhooks.common.job.TraceContext;
import com.avoma.webhooks.common.trace.Propagation;
import com.avoma.webhooks.delivery.sending.Attempt;
import com.avoma.webhooks.delivery.sending.Outcome;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The trace that one attempt is in.
public sealed interface AttemptTrace {
    /// What the receiver is told.
    @Nullable TraceContext sent();

    /// What the job of the next attempt carries.
    @Nullable TraceContext next();

    /// The attempt is over.
    ///
    /// @param next what to do now; what it measures can be found by the trace
    void ended(Attempt attempt, Runnable next);

    /// The request could not be made, by a fault of ours.
    void failed(@Nullable Throwable fault);

    /// @param trace the producer's, if it sent one
    record Untraced(@Nullable TraceContext trace) implements AttemptTrace {
        @Override
        public @Nullable TraceContext sent() {
            return trace;
        }

        @Override
        public @Nullable TraceContext next() {
            return trace;
        }

        @Override
        public void ended(Attempt attempt, Runnable next) {
            next.run();
        }

        @Override
        public void failed(@Nullable Throwable fault) {}
    }

    /// @param trace of the job
    record Traced(Span span, @Nullable TraceContext trace) implements AttemptTrace {
        @Override
        public TraceContext sent() {
            return Propagation.of(span);
        }

        /// Under the same parent as this one; where it has none, under this one.
        @Override
        public TraceContext next() {
            var own = sent();
            return (trace == null ? own : trace).after(own.parent());
        }

        @Override
        public void ended(Attempt attempt, Runnable next) {
            var timings = attempt.timings();
            set("webhooks.dns_ms", timings.dnsMs());
            set("webhooks.connect_ms", timings.connectMs());
            set("webhooks.tls_ms", timings.tlsMs());
            set("webhooks.first_byte_ms", timings.firstByteMs());
            switch (attempt.outcome()) {
                case Outcome.Delivered(int status) ->
                        span.setAttribute("http.response.status_code", status);
                case Outcome.Refused(int status, _) -> {
                    span.setAttribute("http.response.status_code", status);
                    error(Integer.toString(status), attempt.outcome());
                }
                case Outcome.Unreachable(var failure, _) ->
                        error(failure.name().toLowerCase(Locale.ROOT), attempt.outcome());
            }
            span.end();
            try (var _ = span.makeCurrent()) {
                next.run();
            }
        }

        @Override
        public void failed(@Nullable Throwable fault) {
            if (fault != null) {
                span.recordException(fault);
            }
            span.setStatus(StatusCode.ERROR);
            span.end();
        }

        private void error(String type, Outcome outcome) {
            span.setAttribute("error.type", type);
            span.setStatus(StatusCode.ERROR, outcome.sentence());
        }

        private void set(String name, @Nullable Long millis) {
            if (millis != null) {
                span.setAttribute(name, millis);
            }
        }
    }
}
