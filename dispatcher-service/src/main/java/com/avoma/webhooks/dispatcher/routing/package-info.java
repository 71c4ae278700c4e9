/// Who gets an event: the table of webhooks and people, and the match against it.
@NullMarked
package com.avoma.webhooks.dispatcher.routing;

import org.jspecify.annotations.NullMarked;
