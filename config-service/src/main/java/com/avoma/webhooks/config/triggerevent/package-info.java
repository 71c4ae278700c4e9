/// What webhooks can be triggered by, with the shape of each body.
@NullMarked
package com.avoma.webhooks.config.triggerevent;

import org.jspecify.annotations.NullMarked;
