/// The child processes: how each is launched, found again and stopped.
@NullMarked
package com.avoma.webhooks.quickstart.process;

import org.jspecify.annotations.NullMarked;
