/// Organizations, teams and members, as the product's directory publishes them.
@NullMarked
package com.avoma.webhooks.common.directory;

import org.jspecify.annotations.NullMarked;
