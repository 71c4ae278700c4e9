/// The record and the log line of each attempt.
@NullMarked
package com.avoma.webhooks.delivery.attemptlog;

import org.jspecify.annotations.NullMarked;
