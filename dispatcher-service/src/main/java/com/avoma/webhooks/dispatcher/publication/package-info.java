/// What is published, together or not at all.
@NullMarked
package com.avoma.webhooks.dispatcher.publication;

import org.jspecify.annotations.NullMarked;
