/// An organization's webhooks and sealed secrets, as config-service publishes them.
@NullMarked
package com.avoma.webhooks.common.subscription;

import org.jspecify.annotations.NullMarked;
