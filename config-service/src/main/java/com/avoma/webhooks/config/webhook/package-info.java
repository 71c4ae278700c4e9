/// Webhooks by HTTP, and the rules for their fields.
@NullMarked
package com.avoma.webhooks.config.webhook;

import org.jspecify.annotations.NullMarked;
