/// Connections to the receivers: opened, shared, kept and given up.
@NullMarked
package com.avoma.webhooks.delivery.sending.connection;

import org.jspecify.annotations.NullMarked;
