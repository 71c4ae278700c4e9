/// How many webhooks a plan has.
@NullMarked
package com.avoma.webhooks.config.plan;

import org.jspecify.annotations.NullMarked;
