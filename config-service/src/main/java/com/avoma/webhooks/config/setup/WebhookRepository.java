package com.avoma.webhooks.config.setup;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.subscription.Subscription.CustomHeader;
import com.avoma.webhooks.config.isolation.Scope;
import com.avoma.webhooks.config.web.ListKey;
import com.avoma.webhooks.config.web.Page;
import com.avoma.webhooks.config.web.Window;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The webhooks' rows.
@Component
public class WebhookRepository {
    private static final String COLUMNS =
            """
            select uuid, version, name, event_type, target_url, target_type, inactive_reason,
                   team_uuids, headers::text as headers,
                   client_certificate::text as client_certificate, created, modified
            from webhooks
            """;

    private final DatabaseClient database;

    WebhookRepository(DatabaseClient database) {
        this.database = database;
    }

    public Flux<Webhook> all(UUID organization) {
        return database.sql(COLUMNS + "where organization_uuid = :organization")
                .bind("organization", organization)
                .map(WebhookRepository::webhook)
                .all();
    }

    /// What a window shows of the list, oldest first; one more in its direction where there is one.
    public Flux<Webhook> part(UUID organization, Window window) {
        var border = ListKey.border(window);
        var part =
                window.forward()
                        ? "(created, uuid) > (:created, :uuid) order by created, uuid"
                        : "(created, uuid) < (:created, :uuid) order by created desc, uuid desc";
        return database.sql(
                        COLUMNS
                                + "where organization_uuid = :organization and "
                                + part
                                + " limit :limit")
                .bind("organization", organization)
                .bind("created", border.created())
                .bind("uuid", border.uuid())
                .bind("limit", window.limit() + 1)
                .map(WebhookRepository::webhook)
                .all();
    }

    /// What a window does not show of the list.
    public Mono<Page.Extent> extent(UUID organization, Window window) {
        var border = ListKey.border(window);
        var behind = window.forward() ? "<=" : ">=";
        return database.sql(
                        """
                        select cast(count(*) as integer) as all_of_it,
                               coalesce(bool_or((created, uuid) %s (:created, :uuid)), false)
                                   as behind
                        from webhooks where organization_uuid = :organization
                        """
                                .formatted(behind))
                .bind("organization", organization)
                .bind("created", border.created())
                .bind("uuid", border.uuid())
                .map(row ->
                        new Page.Extent(
                                requireNonNull(row.get("all_of_it", Integer.class)),
                                requireNonNull(row.get("behind", Boolean.class))))
                .one();
    }

    public Mono<Webhook> one(UUID organization, UUID uuid) {
        return database.sql(COLUMNS + "where organization_uuid = :organization and uuid = :uuid")
                .bind("organization", organization)
                .bind("uuid", uuid)
                .map(WebhookRepository::webhook)
                .one();
    }

    /// Failures of a webhook count anew (`failures_since`) once it is activated or sent to
    /// otherwise, unless that is an older version put back.
    Mono<Void> save(UUID organization, Webhook webhook) {
        var fields = webhook.fields();
        var reason = webhook.inactiveReason();
        return database.sql(
                        """
                        insert into webhooks (organization_uuid, uuid, version, name, event_type,
                            target_url, target_type, is_active, inactive_reason, team_uuids, headers,
                            client_certificate, created, modified, failures_since)
                        values (:organization, :uuid, :version, :name, :event_type, :target_url,
                            :target_type, :is_active, :inactive_reason, :team_uuids,
                            cast(:headers as jsonb), cast(:client_certificate as jsonb), :created,
                            :modified, :created)
                        on conflict (organization_uuid, uuid) do update set
                            version = excluded.version, name = excluded.name,
                            event_type = excluded.event_type, target_url = excluded.target_url,
                            target_type = excluded.target_type, is_active = excluded.is_active,
                            inactive_reason = excluded.inactive_reason,
                            team_uuids = excluded.team_uuids, headers = excluded.headers,
                            client_certificate = excluded.client_certificate,
                            modified = excluded.modified,
                            failures_since = case
                                when excluded.version > webhooks.version
                                  and (excluded.is_active and not webhooks.is_active
                                    or excluded.target_url <> webhooks.target_url
                                    or excluded.headers <> webhooks.headers
                                    or excluded.client_certificate
                                      is distinct from webhooks.client_certificate)
                                then excluded.modified else webhooks.failures_since end
                        """)
                .bind("organization", organization)
                .bind("uuid", webhook.uuid())
                .bind("version", webhook.version())
                .bind("name", fields.name())
                .bind("event_type", fields.eventType().name())
                .bind("target_url", fields.targetUrl())
                .bind("target_type", fields.targetType())
                .bind("is_active", webhook.active())
                .bind(
                        "inactive_reason",
                        Parameters.in(R2dbcType.VARCHAR, reason == null ? null : reason.name()))
                .bind("team_uuids", fields.teams().toArray(UUID[]::new))
                .bind("headers", text(fields.headers()))
                .bind(
                        "client_certificate",
                        Parameters.in(
                                R2dbcType.VARCHAR,
                                fields.clientCertificate() == null
                                        ? null
                                        : text(fields.clientCertificate())))
                .bind("created", webhook.created())
                .bind("modified", webhook.modified())
                .then();
    }

    Mono<Void> delete(UUID organization, UUID uuid) {
        return database.sql(
                        """
                        delete from webhooks
                        where organization_uuid = :organization and uuid = :uuid
                        """)
                .bind("organization", organization)
                .bind("uuid", uuid)
                .then();
    }

    /// How many webhooks of all organizations are active.
    public Mono<Long> countActive() {
        return database.sql("select count(*) from webhooks where is_active")
                .mapValue(Long.class)
                .one()
                .contextWrite(Scope.every(Scope.Reason.METRICS));
    }

    private static Webhook webhook(Readable row) {
        var reason = row.get("inactive_reason", String.class);
        var headers = bytes(requireNonNull(row.get("headers", String.class)));
        var certificate = row.get("client_certificate", String.class);
        return new Webhook(
                requireNonNull(row.get("uuid", UUID.class)),
                requireNonNull(row.get("version", Long.class)),
                new Webhook.Fields(
                        requireNonNull(row.get("name", String.class)),
                        TriggerEvent.valueOf(requireNonNull(row.get("event_type", String.class))),
                        requireNonNull(row.get("target_url", String.class)),
                        requireNonNull(row.get("target_type", Integer.class)),
                        Set.of(requireNonNull(row.get("team_uuids", UUID[].class))),
                        List.of(Json.read(headers, CustomHeader[].class)),
                        certificate == null
                                ? null
                                : Json.read(bytes(certificate), Webhook.ClientCertificate.class)),
                reason == null ? null : InactiveReason.valueOf(reason),
                requireNonNull(row.get("created", Instant.class)),
                requireNonNull(row.get("modified", Instant.class)));
    }

    private static String text(Object json) {
        return new String(Json.write(json), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
