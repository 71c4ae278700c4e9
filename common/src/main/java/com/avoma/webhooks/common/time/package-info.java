/// Times as text, without what costs most.
@NullMarked
package com.avoma.webhooks.common.time;

import org.jspecify.annotations.NullMarked;
