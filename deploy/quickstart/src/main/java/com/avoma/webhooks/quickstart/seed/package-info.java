/// Two organizations, their webhooks and sample events, brought in the way a product would: by
/// Kafka and the public API.
@NullMarked
package com.avoma.webhooks.quickstart.seed;

import org.jspecify.annotations.NullMarked;
