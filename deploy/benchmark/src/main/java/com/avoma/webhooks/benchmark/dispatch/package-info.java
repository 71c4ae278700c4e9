/// What dispatch costs, beside a loop that does nothing but consume and produce.
@NullMarked
package com.avoma.webhooks.benchmark.dispatch;

import org.jspecify.annotations.NullMarked;
