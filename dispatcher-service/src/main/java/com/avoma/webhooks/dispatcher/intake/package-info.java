/// Meeting events in: CloudEvents read, checked and normalised, or dead-lettered with a reason.
@NullMarked
package com.avoma.webhooks.dispatcher.intake;

import org.jspecify.annotations.NullMarked;
