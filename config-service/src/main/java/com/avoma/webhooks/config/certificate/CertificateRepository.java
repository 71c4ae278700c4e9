package com.avoma.webhooks.config.certificate;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.config.isolation.Scope;
import com.avoma.webhooks.config.notification.Notice;
import com.avoma.webhooks.config.notification.NoticeRepository;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The certificate that each webhook's receiver last showed, out of the delivery log.
@Component
public class CertificateRepository {
    private static final int BATCH = 100;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final NoticeRepository notices;
    private final CertificateProperties properties;
    private final Clock clock;

    CertificateRepository(
            DatabaseClient database,
            TransactionalOperator transaction,
            NoticeRepository notices,
            CertificateProperties properties,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.notices = notices;
        this.properties = properties;
        this.clock = clock;
    }

    private record Expiring(UUID organization, UUID webhook, String name, String url, Instant at) {}

    /// When the certificate of the webhook's receiver expires.
    public Mono<Optional<Instant>> expiry(UUID organization, UUID webhook) {
        return database.sql(
                        """
                        select expires_at from receiver_certificates
                        where organization_uuid = :organization and webhook_uuid = :webhook
                        """)
                .bind("organization", organization)
                .bind("webhook", webhook)
                .map(row -> requireNonNull(row.get("expires_at", Instant.class)))
                .one()
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }

    /// Tells admins of certificates that expire soon, each once: that it was told is noted in the
    /// transaction that the notice is in. Completes with how many were told of.
    Mono<Long> tell() {
        return transaction
                .transactional(
                        expiring()
                                .concatMap(one -> notices.add(notice(one)).thenReturn(one))
                                .count())
                .contextWrite(Scope.every(Scope.Reason.HOUSEKEEPING));
    }

    /// Only of active webhooks, at the address that they have: nothing is sent to others.
    private Flux<Expiring> expiring() {
        return database.sql(
                        """
                        update receiver_certificates c set told = c.expires_at
                        from webhooks w
                        where (c.organization_uuid, c.webhook_uuid) in (
                                select organization_uuid, webhook_uuid from receiver_certificates
                                where expires_at < :before and told is distinct from expires_at
                                order by expires_at limit :batch for update skip locked)
                            and w.organization_uuid = c.organization_uuid
                            and w.uuid = c.webhook_uuid and w.is_active
                        returning c.organization_uuid, c.webhook_uuid, w.name, w.target_url,
                            c.expires_at
                        """)
                .bind("before", clock.instant().plus(properties.warnBefore()))
                .bind("batch", BATCH)
                .map(row ->
                        new Expiring(
                                requireNonNull(row.get("organization_uuid", UUID.class)),
                                requireNonNull(row.get("webhook_uuid", UUID.class)),
                                requireNonNull(row.get("name", String.class)),
                                requireNonNull(row.get("target_url", String.class)),
                                requireNonNull(row.get("expires_at", Instant.class))))
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable);
    }

    private Notice notice(Expiring one) {
        var warning = CertificateWarning.of(one.at(), clock.instant(), properties.warnBefore());
        return new Notice(
                one.organization(),
                Notice.Type.WEBHOOK_CERTIFICATE_EXPIRING,
                "webhooks/" + one.webhook(),
                Map.of(
                        "webhook_uuid", one.webhook(),
                        "name", one.name(),
                        "target_url", one.url(),
                        "certificate_expires_at", one.at().truncatedTo(ChronoUnit.SECONDS),
                        "detail", String.valueOf(warning)));
    }
}
