package com.avoma.webhooks.config.diagnosis;

import java.util.regex.Pattern;

/// A status other than 2xx, and what it asks of the receiver's owner.
final class Refusal {
    /// What the rest of this says already.
    private static final Pattern BARE =
            Pattern.compile("^The receiver answered \\d{3}\\b[.,;]?\\s*");

    private static final String SIGNATURE =
            "Its body speaks of a signature: compare the signing secret, and verify the raw bytes"
                    + " of the body.";

    private Refusal() {}

    static String explain(Symptom symptom) {
        int status = symptom.statusCode() == null ? 0 : symptom.statusCode();
        var more = symptom.detail() == null ? "" : BARE.matcher(symptom.detail()).replaceFirst("");
        return Text.join(
                status == 0 ? "The receiver refused it." : "The receiver answered " + status + ".",
                Text.sentence(more),
                advice(status, symptom),
                page(status, symptom));
    }

    private static String advice(int status, Symptom symptom) {
        return switch (status) {
            case 401, 403 -> credentials(status, symptom);
            case 410 -> gone(symptom);
            case 429 ->
                    Text.join(
                            "It gets more requests than it wants; its Retry-After is honoured up to"
                                    + " 24 hours.",
                            Diagnosis.next(symptom),
                            "Raise its rate limit for this service.");
            default -> {
                if (status >= 300 && status < 400) {
                    yield redirect(status, symptom);
                }
                yield status >= 500
                        ? ServerError.advice(status, symptom)
                        : rejection(status, symptom);
            }
        };
    }

    private static String redirect(int status, Symptom symptom) {
        if (status == 304) {
            return "That is for conditional requests, which this one is not; answer a POST with"
                    + " 2xx.";
        }
        var seen = symptom.says("https://", "http://", "location");
        return "Redirects are never followed; put the final address"
                + (seen ? "" : ", which its Location header gives,")
                + " into target_url.";
    }

    private static String credentials(int status, Symptom symptom) {
        if (symptom.answers("signature", "hmac")) {
            return SIGNATURE;
        }
        return status == 401
                ? "It wants credentials that it did not get or does not accept; set or correct them"
                        + " in the webhook's custom headers (Authorization, for instance)."
                : "It knows the request and denies it: check the credentials in the webhook's"
                        + " custom headers, and that no firewall or allow-list keeps this service"
                        + " out.";
    }

    private static String gone(Symptom symptom) {
        return symptom.test()
                ? "That says that nobody is here any more: after a real delivery it would have"
                        + " deactivated the webhook. Correct target_url, or delete the webhook."
                : "That says that nobody is here any more, so the webhook was deactivated and is"
                        + " sent nothing until it is activated again. Correct target_url first;"
                        + " nothing is lost, a recovery sends what was not delivered.";
    }

    private static String rejection(int status, Symptom symptom) {
        if (status == 400 && symptom.answers("signature", "hmac")) {
            return SIGNATURE;
        }
        return switch (status) {
            case 404 -> "There is nothing at the path of target_url; check it, case and slash too.";
            case 405 ->
                    "The path exists but does not take POST; check the path, and the receiver's"
                            + " route.";
            case 406 ->
                    "It cannot give what Accept asks for; correct that custom header, or have"
                            + " it answer without a body.";
            case 407 ->
                    "A proxy in front of it wants credentials; let this service through"
                            + " without.";
            case 408 ->
                    "It did not get the request in its own time; raise its read time-out, and"
                            + " look for a slow proxy in front of it.";
            case 409 ->
                    "It sees a conflict, often a webhook-id that it has had; answer such"
                            + " repetitions with 2xx.";
            case 413 ->
                    "The body is larger than it or a proxy in front of it takes; raise the"
                            + " limit to 256 KiB.";
            case 414 -> "target_url is longer than it takes; shorten it.";
            case 415 -> "It does not take application/json; have it accept that content type.";
            case 421 ->
                    "It does not serve this host name; check the host in target_url and the"
                            + " virtual hosts behind a shared address.";
            case 431 ->
                    "The headers are larger than it takes; shorten the webhook's custom"
                            + " headers, or raise its limit.";
            case 400, 422 ->
                    "It could not make sense of the body; compare it with the schema of the"
                            + " trigger event, and have it ignore fields that it does not know.";
            case 425 ->
                    "It does not want early data, which this service never sends; look at the"
                            + " proxy in front of it.";
            case 451 -> "It says that a law keeps it from answering; ask its owner.";
            default -> "It rejects the request; its log and the answer's body say why.";
        };
    }

    /// Pages are what websites, logins and firewalls answer.
    private static String page(int status, Symptom symptom) {
        boolean site = status == 401 || status == 403 || status == 404 || status == 405;
        return site && symptom.answers("<!doctype html", "<html")
                ? "It answered with an HTML page: target_url may lead to a website, or a firewall"
                        + " may have answered."
                : "";
    }
}
