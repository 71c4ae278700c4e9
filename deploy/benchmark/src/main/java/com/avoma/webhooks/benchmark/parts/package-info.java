/// The processes that a scenario needs besides what it measures.
@NullMarked
package com.avoma.webhooks.benchmark.parts;

import org.jspecify.annotations.NullMarked;
