/// A setup's way from an edit through the outbox to Kafka, or back.
@NullMarked
package com.avoma.webhooks.config.change;

import org.jspecify.annotations.NullMarked;
