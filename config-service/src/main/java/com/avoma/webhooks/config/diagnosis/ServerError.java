package com.avoma.webhooks.config.diagnosis;

/// A status from 500: the fault is the receiver's own, or its proxy's.
final class ServerError {
    private ServerError() {}

    static String advice(int status, Symptom symptom) {
        return switch (status) {
            case 501 -> "It does not implement POST here; check the path and the receiver's route.";
            case 502 ->
                    "A proxy in front of it got no usable answer from the application; check"
                            + " that it runs and is not crashing.";
            case 503 ->
                    Text.join(
                            "It is overloaded or in maintenance; a Retry-After is honoured up to 24"
                                    + " hours.",
                            Diagnosis.next(symptom),
                            "Check its capacity.");
            case 504 ->
                    "A proxy in front of it waited for the application in vain; answer with 2xx"
                            + " as soon as the body is stored, and do the work afterwards.";
            case 505 ->
                    "It does not speak the version of HTTP that was used; enable HTTP/1.1 and HTTP/2.";
            case 507 -> "It has no room to store the body; free some.";
            case 508 -> "Its proxies send the request in a loop; correct their configuration.";
            case 511 -> "A network in front of it wants a login; use an address outside of it.";
            case 520, 521, 522, 523, 524, 525, 526, 530 ->
                    "That is how a content delivery network says that it cannot reach the receiver"
                            + " behind it; check the origin, its firewall and its certificate.";
            default ->
                    status >= 600
                            ? "That is no status of HTTP; correct the receiver."
                            : "The receiver failed on its own side; its log has the error at this"
                                    + " time.";
        };
    }
}
