/// Writes records and waits until the brokers have them.
@NullMarked
package com.avoma.webhooks.delivery.publication;

import org.jspecify.annotations.NullMarked;
