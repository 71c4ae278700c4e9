package com.avoma.webhooks.config.statistics;

import com.avoma.webhooks.config.certificate.CertificateProperties;
import com.avoma.webhooks.config.certificate.CertificateRepository;
import com.avoma.webhooks.config.certificate.CertificateWarning;
import com.avoma.webhooks.config.setup.WebhookRepository;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.RefusedException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Mono;

/// How a webhook's attempts went, for the API and the console.
public final class StatisticsReader {
    private final WebhookRepository webhooks;
    private final StatisticsRepository statistics;
    private final CertificateRepository certificates;
    private final CertificateProperties properties;
    private final Clock clock;

    StatisticsReader(
            WebhookRepository webhooks,
            StatisticsRepository statistics,
            CertificateRepository certificates,
            CertificateProperties properties,
            Clock clock) {
        this.webhooks = webhooks;
        this.statistics = statistics;
        this.certificates = certificates;
        this.properties = properties;
        this.clock = clock;
    }

    /// @param query `from` and `until`, as the API takes them
    public Mono<StatisticsAnswer> of(Caller caller, UUID webhook, Map<String, List<String>> query) {
        var organization = caller.organization();
        var now = clock.instant();
        var period = Period.of(query, now);
        return webhooks.one(organization, webhook)
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("webhook")))
                .then(
                        Mono.zip(
                                statistics.counts(organization, webhook, period),
                                certificates.expiry(organization, webhook)))
                .map(both -> {
                    var expiry = both.getT2().orElse(null);
                    return Summary.of(
                            period,
                            both.getT1(),
                            expiry,
                            CertificateWarning.of(expiry, now, properties.warnBefore()));
                });
    }
}
