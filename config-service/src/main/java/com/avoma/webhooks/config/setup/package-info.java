/// An organization's whole setup, and how it is changed.
@NullMarked
package com.avoma.webhooks.config.setup;

import org.jspecify.annotations.NullMarked;
