/// Organizations, teams and members, as read from the product's directory.
@NullMarked
package com.avoma.webhooks.config.directory;

import org.jspecify.annotations.NullMarked;
