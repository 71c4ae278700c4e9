/// How a webhook's deliveries go: how many succeed, how long the receiver takes and how long we do.
@NullMarked
package com.avoma.webhooks.config.statistics;

import org.jspecify.annotations.NullMarked;
