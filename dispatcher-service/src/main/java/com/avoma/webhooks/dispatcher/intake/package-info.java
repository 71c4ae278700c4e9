/// Meeting events in, and each batch's results out, a Kafka transaction at a time.
@NullMarked
package com.avoma.webhooks.dispatcher.intake;

import org.jspecify.annotations.NullMarked;
