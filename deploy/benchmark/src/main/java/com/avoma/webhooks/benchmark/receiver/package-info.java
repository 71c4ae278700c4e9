/// The other side: a receiver that is quick, or hangs when it is told to.
@NullMarked
package com.avoma.webhooks.benchmark.receiver;

import org.jspecify.annotations.NullMarked;
