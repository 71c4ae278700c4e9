/// The child processes: how each is started, watched, brought back and stopped.
@NullMarked
package com.avoma.webhooks.quickstart.process;

import org.jspecify.annotations.NullMarked;
