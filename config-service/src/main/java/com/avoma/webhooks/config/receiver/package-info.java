/// Where a webhook may be sent to, and which headers may go along.
@NullMarked
package com.avoma.webhooks.config.receiver;

import org.jspecify.annotations.NullMarked;
