/// The whole path of one job, from its endpoint to its verdict.
@NullMarked
package com.avoma.webhooks.delivery.pipeline;

import org.jspecify.annotations.NullMarked;
