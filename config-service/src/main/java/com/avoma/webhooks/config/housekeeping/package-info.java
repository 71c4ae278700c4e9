/// Rows whose time is over, deleted.
@NullMarked
package com.avoma.webhooks.config.housekeeping;

import org.jspecify.annotations.NullMarked;
