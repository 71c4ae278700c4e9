/// What an attempt's failure means for the receiver's owner, in a sentence or two.
@NullMarked
package com.avoma.webhooks.config.diagnosis;

import org.jspecify.annotations.NullMarked;
