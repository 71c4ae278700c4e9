package com.avoma.webhooks.config.diagnosis;

import org.jspecify.annotations.Nullable;

/// A time-out, by the phase it came in.
final class Silence {
    private Silence() {}

    private enum Phase {
        LOOK_UP(
                "Time-out in the look-up:",
                "The name servers of the target's domain do not answer; check its DNS."),
        CONNECTION(
                "Time-out while connecting:",
                "Packets get lost on the way: check that the host is up and that its firewall lets"
                        + " this service's addresses in on that port."),
        HANDSHAKE(
                "Time-out in the TLS handshake:",
                "The port accepts connections but does not finish TLS; check that an HTTPS server"
                        + " listens there and is not overloaded."),
        ANSWER(
                "Time-out while waiting for the answer:",
                "Answer with 2xx as soon as the body is stored, and do the work afterwards.");

        private final String headline;
        private final String advice;

        Phase(String headline, String advice) {
            this.headline = headline;
            this.advice = advice;
        }
    }

    static String explain(Symptom symptom) {
        var phase = phase(symptom);
        var fact =
                Diagnosis.or(
                        Text.sentence(symptom.detail()),
                        "Nothing came within the time that an attempt has.");
        return Text.join(
                phase.headline, fact, phase == Phase.ANSWER ? reached(symptom) : "", phase.advice);
    }

    private static Phase phase(Symptom symptom) {
        if (symptom.says("look-up")) {
            return Phase.LOOK_UP;
        }
        if (symptom.says("handshake")) {
            return Phase.HANDSHAKE;
        }
        if (symptom.says("no connection within", "waiting for the connection")) {
            return Phase.CONNECTION;
        }
        return symptom.says("headers", "body", "answer") ? Phase.ANSWER : byTimings(symptom);
    }

    /// The phase after the last one that ended. A pooled connection has none of them: it is the
    /// answer that was waited for.
    private static Phase byTimings(Symptom symptom) {
        var timings = symptom.timings();
        if (timings == null || timings.tlsMs() != null || timings.firstByteMs() != null) {
            return Phase.ANSWER;
        }
        if (timings.connectMs() != null) {
            return Phase.HANDSHAKE;
        }
        return timings.dnsMs() == null ? Phase.ANSWER : Phase.CONNECTION;
    }

    /// What went well, so that nobody looks for the fault there.
    private static String reached(Symptom symptom) {
        var timings = symptom.timings();
        if (timings == null || timings.tlsMs() == null) {
            return "";
        }
        long took = orZero(timings.dnsMs()) + orZero(timings.connectMs()) + timings.tlsMs();
        return "The connection itself was up after " + took + " ms.";
    }

    private static long orZero(@Nullable Long millis) {
        return millis == null ? 0 : millis;
    }
}
