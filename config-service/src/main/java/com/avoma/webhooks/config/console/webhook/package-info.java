/// The webhooks: their list, and the dialogs that add, edit and delete one.
@NullMarked
package com.avoma.webhooks.config.console.webhook;

import org.jspecify.annotations.NullMarked;
