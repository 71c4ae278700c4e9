/// The baseline: the same requests without a delivery-service.
@NullMarked
package com.avoma.webhooks.benchmark.client;

import org.jspecify.annotations.NullMarked;
