/// How a trace goes on from one service to the next.
@NullMarked
package com.avoma.webhooks.common.trace;

import org.jspecify.annotations.NullMarked;
