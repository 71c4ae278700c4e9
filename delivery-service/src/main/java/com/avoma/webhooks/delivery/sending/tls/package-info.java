/// TLS to the receivers: always verified, and explained where it fails.
@NullMarked
package com.avoma.webhooks.delivery.sending.tls;

import org.jspecify.annotations.NullMarked;
