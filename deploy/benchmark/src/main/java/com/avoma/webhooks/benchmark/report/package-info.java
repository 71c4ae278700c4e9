/// What was measured, as a table and as JSON.
@NullMarked
package com.avoma.webhooks.benchmark.report;

import org.jspecify.annotations.NullMarked;
