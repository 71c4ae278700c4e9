/// Webhooks whose receivers keep failing, warned of and switched off.
@NullMarked
package com.avoma.webhooks.config.deactivation;

import org.jspecify.annotations.NullMarked;
