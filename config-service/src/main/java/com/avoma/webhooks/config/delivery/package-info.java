/// The delivery log as admins read it: deliveries, their attempts and bodies, and why an event went
/// where it went.
@NullMarked
package com.avoma.webhooks.config.delivery;

import org.jspecify.annotations.NullMarked;
