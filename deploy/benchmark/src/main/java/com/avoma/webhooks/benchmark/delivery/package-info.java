/// The scenarios of delivery-service.
@NullMarked
package com.avoma.webhooks.benchmark.delivery;

import org.jspecify.annotations.NullMarked;
