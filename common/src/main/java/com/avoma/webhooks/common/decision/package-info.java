/// What dispatcher-service reports of each event: which webhooks matched, and why not.
@NullMarked
package com.avoma.webhooks.common.decision;

import org.jspecify.annotations.NullMarked;
