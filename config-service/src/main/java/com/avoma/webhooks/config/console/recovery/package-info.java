/// Sending again what failed or was missed.
@NullMarked
package com.avoma.webhooks.config.console.recovery;

import org.jspecify.annotations.NullMarked;
