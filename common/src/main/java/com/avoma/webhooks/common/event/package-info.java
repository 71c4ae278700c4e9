/// The meeting events that product services publish, as CloudEvents on Kafka.
@NullMarked
package com.avoma.webhooks.common.event;

import org.jspecify.annotations.NullMarked;
