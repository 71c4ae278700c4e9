/// Decides which job may start, which waits and which is put off, so that no endpoint delays
/// another. Time comes in as nanoseconds of a clock that only goes forward.
@NullMarked
package com.avoma.webhooks.delivery.isolation;

import org.jspecify.annotations.NullMarked;
