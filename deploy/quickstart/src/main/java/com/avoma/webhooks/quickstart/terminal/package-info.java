/// What the person at the terminal sees, and the signals that come from there.
@NullMarked
package com.avoma.webhooks.quickstart.terminal;

import org.jspecify.annotations.NullMarked;
