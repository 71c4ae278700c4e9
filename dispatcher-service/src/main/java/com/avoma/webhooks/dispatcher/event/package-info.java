/// Meeting events as they come: CloudEvents read, checked and normalised, or refused with a reason.
@NullMarked
package com.avoma.webhooks.dispatcher.event;

import org.jspecify.annotations.NullMarked;
