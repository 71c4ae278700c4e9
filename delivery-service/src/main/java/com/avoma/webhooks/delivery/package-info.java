/// Signs jobs, sends them to their receivers, and retries or gives up well.
@NullMarked
package com.avoma.webhooks.delivery;

import org.jspecify.annotations.NullMarked;
