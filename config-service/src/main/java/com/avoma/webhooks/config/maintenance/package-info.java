/// Work on every organization that operators ask for: sealing secrets anew, publishing anew.
@NullMarked
package com.avoma.webhooks.config.maintenance;

import org.jspecify.annotations.NullMarked;
