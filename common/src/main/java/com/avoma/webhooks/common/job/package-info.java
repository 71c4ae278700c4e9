/// A delivery job: the exact bytes to send to one webhook, and what to know about them.
@NullMarked
package com.avoma.webhooks.common.job;

import org.jspecify.annotations.NullMarked;
