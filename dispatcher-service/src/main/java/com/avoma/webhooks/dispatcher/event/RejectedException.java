package com.avoma.webhooks.dispatcher.event;

/// Ends the reading of a record that cannot be routed. Never leaves this package.
final class RejectedException extends Exception {
    private final Intake.Rejected rejection;

    RejectedException(Intake.Reason reason, String detail) {
        super(detail, null, false, false);
        rejection = new Intake.Rejected(reason, detail);
    }

    Intake.Rejected rejection() {
        return rejection;
    }
}
