package com.avoma.webhooks.benchmark.delivery;

import java.util.List;

/// The JVM flags that delivery-service has in production, see `docs/performance.md`.
final class ServiceFlags {
    static final List<String> PRODUCTION = withHeap(256);

    private ServiceFlags() {}

    static List<String> withHeap(int mebibytes) {
        return List.of("-Xmx" + mebibytes + "m", "-XX:+UseSerialGC");
    }
}
