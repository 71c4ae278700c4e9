/// Sending many deliveries again: durable jobs that survive restarts, each worked by one instance
/// at a time.
@NullMarked
package com.avoma.webhooks.config.recovery;

import org.jspecify.annotations.NullMarked;
