/// What dispatch counts.
@NullMarked
package com.avoma.webhooks.dispatcher.metrics;

import org.jspecify.annotations.NullMarked;
