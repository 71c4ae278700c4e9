/// How admins sign in.
@NullMarked
package com.avoma.webhooks.config.console.login;

import org.jspecify.annotations.NullMarked;
