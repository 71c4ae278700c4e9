/// What it costs to take jobs off Kafka, by the kinds of groups.
@NullMarked
package com.avoma.webhooks.benchmark.intake;

import org.jspecify.annotations.NullMarked;
