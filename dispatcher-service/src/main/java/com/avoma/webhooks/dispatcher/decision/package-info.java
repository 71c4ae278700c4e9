/// The record of what was decided for an event, and why.
@NullMarked
package com.avoma.webhooks.dispatcher.decision;

import org.jspecify.annotations.NullMarked;
