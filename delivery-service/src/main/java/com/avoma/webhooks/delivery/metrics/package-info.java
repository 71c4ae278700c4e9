/// What the service counts and times.
@NullMarked
package com.avoma.webhooks.delivery.metrics;

import org.jspecify.annotations.NullMarked;
