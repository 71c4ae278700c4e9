/// One POST to a receiver: resolve, vet, connect, send, and what came of it.
@NullMarked
package com.avoma.webhooks.delivery.sending;

import org.jspecify.annotations.NullMarked;
