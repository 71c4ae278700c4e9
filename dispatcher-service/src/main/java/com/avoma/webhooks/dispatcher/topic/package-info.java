/// The topics this service reads and writes, and the table that follows the compacted ones.
@NullMarked
package com.avoma.webhooks.dispatcher.topic;

import org.jspecify.annotations.NullMarked;
