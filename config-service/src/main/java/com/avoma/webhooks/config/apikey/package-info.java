/// API keys: made, shown once, hashed and recognised.
@NullMarked
package com.avoma.webhooks.config.apikey;

import org.jspecify.annotations.NullMarked;
