/// The API keys: their list, and the dialogs that issue and delete one.
@NullMarked
package com.avoma.webhooks.config.console.apikey;

import org.jspecify.annotations.NullMarked;
