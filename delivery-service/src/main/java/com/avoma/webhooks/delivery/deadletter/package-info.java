/// Where jobs end that are given up.
@NullMarked
package com.avoma.webhooks.delivery.deadletter;

import org.jspecify.annotations.NullMarked;
