/// The part of a trace that dispatch is.
@NullMarked
package com.avoma.webhooks.dispatcher.trace;

import org.jspecify.annotations.NullMarked;
