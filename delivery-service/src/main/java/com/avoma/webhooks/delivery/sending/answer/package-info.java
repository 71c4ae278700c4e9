/// What a receiver says, as far as it is kept.
@NullMarked
package com.avoma.webhooks.delivery.sending.answer;

import org.jspecify.annotations.NullMarked;
