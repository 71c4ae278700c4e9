/// Where a request may go: the address guard, and the proxy on the way out.
@NullMarked
package com.avoma.webhooks.delivery.sending.egress;

import org.jspecify.annotations.NullMarked;
