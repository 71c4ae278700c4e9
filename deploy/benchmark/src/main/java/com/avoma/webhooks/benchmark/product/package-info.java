/// The whole product: the three services as they are packaged, with a broker and a database.
@NullMarked
package com.avoma.webhooks.benchmark.product;

import org.jspecify.annotations.NullMarked;
