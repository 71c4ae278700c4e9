/// Which addresses a webhook may be sent to.
@NullMarked
package com.avoma.webhooks.common.egress;

import org.jspecify.annotations.NullMarked;
