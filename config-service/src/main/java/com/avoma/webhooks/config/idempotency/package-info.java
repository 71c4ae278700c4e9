/// The same POST twice, made once: `Idempotency-Key`.
@NullMarked
package com.avoma.webhooks.config.idempotency;

import org.jspecify.annotations.NullMarked;
