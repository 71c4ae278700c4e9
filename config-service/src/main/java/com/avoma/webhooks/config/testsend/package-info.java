/// Trying a webhook out: a sample payload goes the way of every delivery, and the answer is what it
/// came to.
@NullMarked
package com.avoma.webhooks.config.testsend;

import org.jspecify.annotations.NullMarked;
