/// The time that an attempt takes, and may take.
@NullMarked
package com.avoma.webhooks.delivery.sending.timing;

import org.jspecify.annotations.NullMarked;
