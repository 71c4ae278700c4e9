/// Sending one delivery again.
@NullMarked
package com.avoma.webhooks.config.redelivery;

import org.jspecify.annotations.NullMarked;
