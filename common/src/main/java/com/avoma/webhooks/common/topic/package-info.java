/// The names and settings of the Kafka topics, and the follower that keeps a table of a compacted
/// one.
@NullMarked
package com.avoma.webhooks.common.topic;

import org.jspecify.annotations.NullMarked;
