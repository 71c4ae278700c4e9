/// Classes that break the architecture rules on purpose.
package com.avoma.webhooks.testing.bad;
