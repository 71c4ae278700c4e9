/// The way from this service to `delivery-jobs`: what an admin asks to be sent.
@NullMarked
package com.avoma.webhooks.config.job;

import org.jspecify.annotations.NullMarked;
