/// The API's own description: OpenAPI 3.1, made from the controllers, and a page to read it.
@NullMarked
package com.avoma.webhooks.config.openapi;

import org.jspecify.annotations.NullMarked;
