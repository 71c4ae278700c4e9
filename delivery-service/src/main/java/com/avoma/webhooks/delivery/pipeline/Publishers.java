package com.avoma.webhooks.delivery.pipeline;

import com.avoma.webhooks.delivery.attemptlog.AttemptPublisher;
import com.avoma.webhooks.delivery.deadletter.DeadLetterPublisher;
import com.avoma.webhooks.delivery.retry.DeferralPublisher;
import com.avoma.webhooks.delivery.retry.RetryPublisher;

/// Where what follows from a job is written.
public record Publishers(
        AttemptPublisher attempts,
        RetryPublisher retries,
        DeferralPublisher deferrals,
        DeadLetterPublisher deadLetters) {}
