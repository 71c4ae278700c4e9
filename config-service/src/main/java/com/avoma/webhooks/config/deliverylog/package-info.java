/// The delivery log: what was decided, attempted and came of it, taken off Kafka into PostgreSQL.
@NullMarked
package com.avoma.webhooks.config.deliverylog;

import org.jspecify.annotations.NullMarked;
