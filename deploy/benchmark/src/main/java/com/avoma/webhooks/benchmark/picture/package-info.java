/// The results as a picture.
@NullMarked
package com.avoma.webhooks.benchmark.picture;

import org.jspecify.annotations.NullMarked;
