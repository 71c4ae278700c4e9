package com.avoma.webhooks.config.diagnosis;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Says of a failed attempt which phase failed, what the receiver sent, and what its owner can do.
/// Pure. Of the answer's body nothing is quoted, and of an address neither credentials nor query.
public final class Diagnosis {
    /// Faults of the proxy that everything is sent through, and not of the receiver.
    private static final String[] OPERATORS = {
        "the egress proxy's name",
        "to the egress proxy",
        "the egress proxy does not speak",
        "the egress proxy did not open",
        "the egress proxy closed",
        "the egress proxy refused the target with status 407"
    };

    private Diagnosis() {}

    /// One to three sentences, at most 600 characters; null where the attempt was delivered.
    public static @Nullable String of(Symptom symptom) {
        var outcome = symptom.outcome();
        var text =
                outcome == null
                        ? ended(symptom)
                        : switch (outcome) {
                            case DELIVERED -> null;
                            case REFUSED -> Refusal.explain(symptom);
                            case UNREACHABLE -> unreachable(symptom);
                        };
        return text == null ? null : Text.cut(text, Text.LONGEST);
    }

    /// No attempt was made at all.
    private static @Nullable String ended(Symptom symptom) {
        var fact = Text.sentence(symptom.detail());
        return switch (symptom.verdict()) {
            case CANCELED -> Text.join("Nothing was sent.", fact);
            case DEAD_LETTERED ->
                    Text.join(
                            "Nothing was sent.",
                            fact,
                            "Once the webhook is active, send this delivery again or start a"
                                    + " recovery.");
            case RETRY, DELIVERED -> fact.isEmpty() ? null : fact;
        };
    }

    private static String unreachable(Symptom symptom) {
        var fact = Text.sentence(symptom.detail());
        if (symptom.says(OPERATORS)) {
            return Text.join(
                    "Nothing was sent:",
                    fact,
                    "That is this service's own way out and not the receiver's; its operator has to"
                            + " mend it.",
                    next(symptom));
        }
        return switch (symptom.failure() == null ? Failure.PROTOCOL : symptom.failure()) {
            case DNS ->
                    Text.join(
                            "Look-up failed:",
                            or(fact, "The target's host name could not be resolved."),
                            "Check the spelling of the host in target_url, and that its DNS record"
                                    + " is published.");
            case BLOCKED_ADDRESS ->
                    Text.join(
                            "Nothing was sent:",
                            or(fact, "The target's address is not permitted."),
                            "Webhooks go to public addresses only; use a public address, or have"
                                    + " the operator of this service allow the network.");
            case CONNECT ->
                    Text.join(
                            "Connecting failed:",
                            or(fact, "The connection was refused or has no route."),
                            "Check that the receiver runs, that the port in target_url is right,"
                                    + " and that no firewall rejects this service.");
            case TLS -> TlsFault.explain(symptom);
            case TIMEOUT -> Silence.explain(symptom);
            case RESET ->
                    Text.join(
                            "The connection broke:",
                            or(fact, "The receiver closed it before it answered."),
                            "Look for a crash in the receiver's log, and for a proxy, firewall or"
                                    + " body limit in front of it that cuts connections.");
            case PROTOCOL -> protocol(symptom, fact);
        };
    }

    private static String protocol(Symptom symptom, String fact) {
        if (symptom.says("header is not valid")) {
            return Text.join(
                    "Nothing was sent:",
                    fact,
                    "Correct the webhook's custom headers and try again.");
        }
        if (symptom.says("the target")) {
            return Text.join("Nothing was sent:", fact, "Correct target_url.");
        }
        return Text.join(
                "The answer could not be read:",
                or(fact, "It is not HTTP."),
                "Check that the port in target_url belongs to an HTTPS server that speaks HTTP/1.1"
                        + " or HTTP/2, and that it does not send oversized headers.");
    }

    static String or(String text, String other) {
        return text.isEmpty() ? other : text;
    }

    /// What becomes of the delivery, where its attempt says so.
    static String next(Symptom symptom) {
        return symptom.verdict() == Verdict.RETRY && symptom.nextAttemptAt() != null
                ? "The next attempt is due at "
                        + symptom.nextAttemptAt().truncatedTo(ChronoUnit.SECONDS)
                        + "."
                : "";
    }
}
