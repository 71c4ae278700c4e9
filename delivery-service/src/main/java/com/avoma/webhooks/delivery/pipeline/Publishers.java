package com.avoma.webhooks.delivery.pipeline;

import com.avoma.webhooks.delivery.attemptlog.AttemptPublisher;
import com.avoma.webhooks.delivery.deadletter.DeadLetterPublisher;
import com.avoma.webhooks.delivery.retry.RetryPublisher;

/// Where what follows from an attempt is written.
public record Publishers(
        AttemptPublisher attempts, RetryPublisher retries, DeadLetterPublisher deadLetters) {}
