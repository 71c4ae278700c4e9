/// What delivery-service reports of each attempt.
@NullMarked
package com.avoma.webhooks.common.attempt;

import org.jspecify.annotations.NullMarked;
