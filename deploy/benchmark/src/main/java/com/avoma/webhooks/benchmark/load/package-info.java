/// The webhooks that are sent to, and the jobs for them.
@NullMarked
package com.avoma.webhooks.benchmark.load;

import org.jspecify.annotations.NullMarked;
