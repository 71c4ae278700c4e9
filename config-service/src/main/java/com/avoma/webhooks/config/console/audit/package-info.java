/// The audit log, newest first.
@NullMarked
package com.avoma.webhooks.config.console.audit;

import org.jspecify.annotations.NullMarked;
