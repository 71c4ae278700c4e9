/// Where each webhook is sent to, in step with the published configuration.
@NullMarked
package com.avoma.webhooks.delivery.endpoint;

import org.jspecify.annotations.NullMarked;
