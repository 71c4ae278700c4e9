/// The keys under `webhooks.` that services are configured with.
@NullMarked
package com.avoma.webhooks.common.property;

import org.jspecify.annotations.NullMarked;
