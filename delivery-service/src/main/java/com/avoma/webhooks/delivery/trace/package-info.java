/// The part of a trace that each attempt is.
@NullMarked
package com.avoma.webhooks.delivery.trace;

import org.jspecify.annotations.NullMarked;
