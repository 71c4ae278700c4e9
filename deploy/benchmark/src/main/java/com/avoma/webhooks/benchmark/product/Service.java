package com.avoma.webhooks.benchmark.product;

import java.util.Locale;

/// The services, in the order in which they are started.
enum Service {
    CONFIG,
    DISPATCHER,
    DELIVERY;

    /// That of its module.
    String moduleName() {
        return name().toLowerCase(Locale.ROOT) + "-service";
    }
}
