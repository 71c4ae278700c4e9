/// Everything on one machine: starts the real parts and services, seeds them, shows sample events
/// arrive, and stops it all again.
@NullMarked
package com.avoma.webhooks.quickstart;

import org.jspecify.annotations.NullMarked;
