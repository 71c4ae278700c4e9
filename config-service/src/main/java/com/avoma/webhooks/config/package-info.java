/// The admin API: what an organization sets up, and its publication to the other services.
@NullMarked
package com.avoma.webhooks.config;

import org.jspecify.annotations.NullMarked;
