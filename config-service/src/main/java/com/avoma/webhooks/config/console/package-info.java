/// What admins see in a browser: a client of the services that the API has, a package for each
/// screen. Pages are made here; scripts load dialogs into them.
@NullMarked
package com.avoma.webhooks.config.console;

import org.jspecify.annotations.NullMarked;
