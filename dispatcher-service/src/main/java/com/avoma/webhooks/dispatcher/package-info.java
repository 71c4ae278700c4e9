/// From meeting events to delivery jobs, exactly once.
@NullMarked
package com.avoma.webhooks.dispatcher;

import org.jspecify.annotations.NullMarked;
