/// The two signature schemes that receivers verify.
@NullMarked
package com.avoma.webhooks.common.signature;

import org.jspecify.annotations.NullMarked;
