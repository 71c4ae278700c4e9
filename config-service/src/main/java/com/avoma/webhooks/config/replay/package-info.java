/// What can be sent again, found on Kafka: dead letters, and events from whenever.
@NullMarked
package com.avoma.webhooks.config.replay;

import org.jspecify.annotations.NullMarked;
