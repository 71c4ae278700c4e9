/// The topics that this service needs, in place before anything uses them.
@NullMarked
package com.avoma.webhooks.config.topic;

import org.jspecify.annotations.NullMarked;
