/// The ledger, for people.
@NullMarked
package com.avoma.webhooks.config.console.ledger;

import org.jspecify.annotations.NullMarked;
