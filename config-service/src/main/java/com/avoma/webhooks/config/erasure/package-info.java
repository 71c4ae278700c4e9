/// Removes an organization everywhere.
@NullMarked
package com.avoma.webhooks.config.erasure;

import org.jspecify.annotations.NullMarked;
