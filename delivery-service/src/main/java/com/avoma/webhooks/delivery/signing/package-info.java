/// The headers by which a receiver knows that a request is genuine.
@NullMarked
package com.avoma.webhooks.delivery.signing;

import org.jspecify.annotations.NullMarked;
