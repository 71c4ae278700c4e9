/// A webhook receiver as an outside developer would write one: HTTPS, both signatures verified.
@NullMarked
package com.avoma.webhooks.quickstart.receiver;

import org.jspecify.annotations.NullMarked;
