/// How each cost grows.
@NullMarked
package com.avoma.webhooks.benchmark.growth;

import org.jspecify.annotations.NullMarked;
