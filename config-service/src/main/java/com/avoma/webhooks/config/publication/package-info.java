/// The outbox on its way from PostgreSQL to Kafka.
@NullMarked
package com.avoma.webhooks.config.publication;

import org.jspecify.annotations.NullMarked;
