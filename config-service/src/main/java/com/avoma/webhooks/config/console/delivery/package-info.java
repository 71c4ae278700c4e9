/// What became of events: deliveries with their attempts, why an event went where it went, test
/// sends, and how a webhook does.
@NullMarked
package com.avoma.webhooks.config.console.delivery;

import org.jspecify.annotations.NullMarked;
