/// `./benchmark`: figures of the services, each beside its baseline in the same run, and of the hot
/// pieces with their allocation per operation.
@NullMarked
package com.avoma.webhooks.benchmark;

import org.jspecify.annotations.NullMarked;
