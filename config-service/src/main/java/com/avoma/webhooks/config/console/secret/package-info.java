/// The signing secret: masked, revealed, made anew.
@NullMarked
package com.avoma.webhooks.config.console.secret;

import org.jspecify.annotations.NullMarked;
