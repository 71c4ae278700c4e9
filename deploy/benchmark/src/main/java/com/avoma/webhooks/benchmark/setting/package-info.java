/// What a benchmark is told, and what holds for all of its scenarios.
@NullMarked
package com.avoma.webhooks.benchmark.setting;

import org.jspecify.annotations.NullMarked;
