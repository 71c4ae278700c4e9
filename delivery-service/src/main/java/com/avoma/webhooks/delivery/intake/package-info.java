/// Takes jobs off Kafka, starts them when they are due and commits what is done.
@NullMarked
package com.avoma.webhooks.delivery.intake;

import org.jspecify.annotations.NullMarked;
