/// For those who build receivers: verification in six languages, and what is wrong with a
/// signature.
@NullMarked
package com.avoma.webhooks.config.console.receiver;

import org.jspecify.annotations.NullMarked;
