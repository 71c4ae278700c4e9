/// The real broker and database that tests run against, and the rules that hold the house style.
@NullMarked
package com.avoma.webhooks.testing;

import org.jspecify.annotations.NullMarked;
