package com.avoma.webhooks.quickstart.data;

/// Ends the quickstart with status 1. The message is one sentence for the person at the terminal,
/// so no stack trace is shown for it.
public final class Refusal extends RuntimeException {
    public Refusal(String sentence) {
        super(sentence);
    }

    public Refusal(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
