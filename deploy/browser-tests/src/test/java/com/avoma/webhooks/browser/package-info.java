/// The console as an admin sees it.
@NullMarked
package com.avoma.webhooks.browser;

import org.jspecify.annotations.NullMarked;
