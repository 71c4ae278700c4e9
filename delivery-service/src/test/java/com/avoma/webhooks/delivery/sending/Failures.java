package com.avoma.webhooks.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.delivery.sending.Outcome.Unreachable;

/// What an attempt without an answer says.
final class Failures {
    private Failures() {}

    /// @param detail in the sentence that it says
    static void assertFailure(Attempt attempt, Failure failure, String detail) {
        assertThat(attempt.outcome())
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        it -> {
                            assertThat(it.failure()).as(it.detail()).isEqualTo(failure);
                            assertThat(it.detail()).contains(detail);
                        });
    }
}
