/// The ledger: every event for every webhook ends somewhere, and what does not is named.
@NullMarked
package com.avoma.webhooks.config.ledger;

import org.jspecify.annotations.NullMarked;
