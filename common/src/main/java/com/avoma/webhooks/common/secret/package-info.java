/// Authenticated encryption of secrets, at rest and on Kafka.
@NullMarked
package com.avoma.webhooks.common.secret;

import org.jspecify.annotations.NullMarked;
