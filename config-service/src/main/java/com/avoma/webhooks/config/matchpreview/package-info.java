/// Which of the latest events a webhook would get, before it is made or edited.
@NullMarked
package com.avoma.webhooks.config.matchpreview;

import org.jspecify.annotations.NullMarked;
