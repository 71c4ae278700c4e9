package com.avoma.webhooks.benchmark.delivery;

import com.avoma.webhooks.benchmark.setting.Setting;
import java.util.List;

/// The JVM flags that delivery-service has in production: those of its image, and a heap that is
/// enough at any backlog.
final class ServiceFlags {
    private static final int HEAP = 256;

    private ServiceFlags() {}

    static List<String> of(Setting setting) {
        return withHeap(setting, HEAP);
    }

    static List<String> withHeap(Setting setting, int mebibytes) {
        var options = setting.repository().resolve("delivery-service", "jvm.options");
        return List.of("@" + options, "-Xmx" + mebibytes + "m");
    }
}
