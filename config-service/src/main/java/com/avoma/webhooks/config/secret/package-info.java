/// The signing secret by HTTP, and the keyset that seals secrets.
@NullMarked
package com.avoma.webhooks.config.secret;

import org.jspecify.annotations.NullMarked;
