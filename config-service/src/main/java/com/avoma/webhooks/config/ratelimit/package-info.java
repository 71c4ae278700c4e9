/// How often a caller may call.
@NullMarked
package com.avoma.webhooks.config.ratelimit;

import org.jspecify.annotations.NullMarked;
