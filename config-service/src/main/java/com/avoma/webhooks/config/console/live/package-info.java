/// Pages that show what changes while one looks at them.
@NullMarked
package com.avoma.webhooks.config.console.live;

import org.jspecify.annotations.NullMarked;
