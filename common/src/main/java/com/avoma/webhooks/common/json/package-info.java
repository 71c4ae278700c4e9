/// Bodies that survive JSON.stringify, and the mapper for records between the services.
@NullMarked
package com.avoma.webhooks.common.json;

import org.jspecify.annotations.NullMarked;
