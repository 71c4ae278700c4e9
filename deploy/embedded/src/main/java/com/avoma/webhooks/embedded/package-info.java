/// A real Kafka broker and a real PostgreSQL from Maven artifacts, for machines without a container
/// engine.
@NullMarked
package com.avoma.webhooks.embedded;

import org.jspecify.annotations.NullMarked;
