package com.avoma.webhooks.delivery.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Traces where there is somewhere to send them: with
/// `management.opentelemetry.tracing.export.otlp.endpoint`.
@Configuration(proxyBeanMethods = false)
class TracingConfiguration {
    @Bean
    AttemptSpans attemptSpans(OpenTelemetry telemetry, ObjectProvider<SpanExporter> exporters) {
        return new AttemptSpans(
                exporters.stream().findAny().isPresent()
                        ? telemetry.getTracer("delivery-service")
                        : null);
    }
}
