/// What admins see in a browser.
@NullMarked
package com.avoma.webhooks.config.console;

import org.jspecify.annotations.NullMarked;
