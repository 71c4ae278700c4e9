/// One job for each webhook that matched.
@NullMarked
package com.avoma.webhooks.dispatcher.fanout;

import org.jspecify.annotations.NullMarked;
