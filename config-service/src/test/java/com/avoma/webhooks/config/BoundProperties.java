package com.avoma.webhooks.config;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// Binds properties as Spring Boot does, without starting anything.
public final class BoundProperties {
    private BoundProperties() {}

    /// @param keysAndValues below the prefix
    public static <T> T of(Class<T> type, String prefix, String... keysAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(prefix + "." + keysAndValues[i], keysAndValues[i + 1]);
        }
        var binder = new Binder(new MapConfigurationPropertySource(values));
        return binder.bindOrCreate(
                prefix, Bindable.of(type), new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
    }

    /// The message with which binding is refused.
    public static String refusal(Class<?> type, String prefix, String... keysAndValues) {
        try {
            throw new AssertionError("accepted: " + of(type, prefix, keysAndValues));
        } catch (BindException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return String.valueOf(root.getMessage());
        }
    }
}
