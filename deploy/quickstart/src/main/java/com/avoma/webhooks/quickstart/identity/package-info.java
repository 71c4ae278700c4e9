/// Keys, certificates, tokens and logins of this one installation, made once and kept.
@NullMarked
package com.avoma.webhooks.quickstart.identity;

import org.jspecify.annotations.NullMarked;
