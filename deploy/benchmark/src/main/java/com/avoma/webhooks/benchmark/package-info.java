/// Figures of the hot pieces, each with its allocation per operation.
@NullMarked
package com.avoma.webhooks.benchmark;

import org.jspecify.annotations.NullMarked;
