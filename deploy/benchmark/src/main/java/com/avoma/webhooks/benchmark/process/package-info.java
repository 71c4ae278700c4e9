/// The processes of a measurement, and what the operating system says of them.
@NullMarked
package com.avoma.webhooks.benchmark.process;

import org.jspecify.annotations.NullMarked;
