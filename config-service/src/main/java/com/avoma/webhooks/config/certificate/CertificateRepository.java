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

    /// When the certificate of the webhook's receiver expires; empty where none was shown at the
    /// address that the webhook has.
    public Mono<Optional<Instant>> expiry(UUID organization, UUID webhook) {
        return database.sql(
                        """
                        select expires_at from receiver_certificates seen
                            join webhooks hook on hook.organization_uuid = seen.organization_uuid
                                and hook.uuid = seen.webhook_uuid
                                and hook.target_url = seen.target_url
                        where seen.organization_uuid = :organization
                            and seen.webhook_uuid = :webhook
                        """)
                .bind("organization", organization)
                .bind("webhook", webhook)
                .map(row -> requireNonNull(row.get("expires_at", Instant.class)))
                .one()
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }

    /// Active webhooks of all organizations whose receiver's certificate expires soon, or has.
    Mono<Long> countExpiring() {
        return database.sql(
                        """
                        select count(*) from receiver_certificates seen
                            join webhooks hook on hook.organization_uuid = seen.organization_uuid
                                and hook.uuid = seen.webhook_uuid
                                and hook.target_url = seen.target_url
                        where seen.expires_at < :before and hook.is_active
                        """)
                .bind("before", clock.instant().plus(properties.warnBefore()))
                .mapValue(Long.class)
                .one()
                .contextWrite(Scope.every(Scope.Reason.METRICS));
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

    /// Only of active webhooks, and only of certificates that were shown at the address that they
    /// still have.
    private Flux<Expiring> expiring() {
        return database.sql(
                        """
                        update receiver_certificates c set told = c.expires_at
                        from webhooks w
                        where (c.organization_uuid, c.webhook_uuid) in (
                                select seen.organization_uuid, seen.webhook_uuid
                                from receiver_certificates seen
                                    join webhooks hook on hook.organization_uuid = seen.organization_uuid
                                        and hook.uuid = seen.webhook_uuid
                                where seen.expires_at < :before
                                    and seen.told is distinct from seen.expires_at
                                    and hook.is_active and hook.target_url = seen.target_url
                                order by seen.expires_at limit :batch
                                for update of seen skip locked)
                            and w.organization_uuid = c.organization_uuid
                            and w.uuid = c.webhook_uuid
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
