/// An organization's whole setup, and the rows it is kept in.
@NullMarked
package com.avoma.webhooks.config.setup;

import org.jspecify.annotations.NullMarked;
