/// Whether and when a failed attempt is made again, and where it waits.
@NullMarked
package com.avoma.webhooks.delivery.retry;

import org.jspecify.annotations.NullMarked;
