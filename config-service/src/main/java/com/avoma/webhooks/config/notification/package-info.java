/// What admins are told by mail: notices on their way to the product's mailer.
@NullMarked
package com.avoma.webhooks.config.notification;

import org.jspecify.annotations.NullMarked;
