/// From a free port to a part that is ready, gone, noticed and brought back.
@NullMarked
package com.avoma.webhooks.quickstart.lifecycle;

import org.jspecify.annotations.NullMarked;
