package com.avoma.webhooks.config.apikey;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.config.audit.AuditEntry;
import com.avoma.webhooks.config.audit.AuditRepository;
import com.avoma.webhooks.config.change.OrganizationRepository;
import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.idempotency.IdempotencyRepository;
import com.avoma.webhooks.config.isolation.Scope;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.web.WebConfiguration;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// API keys, their secrets hashed.
@Component
public class ApiKeyRepository {
    private static final Logger log = LoggerFactory.getLogger(ApiKeyRepository.class);

    /// Of one organization.
    static final int MOST = 5;

    private final DatabaseClient database;
    private final OrganizationRepository organizations;
    private final AuditRepository audit;
    private final IdempotencyRepository answers;
    private final TransactionalOperator transaction;

    ApiKeyRepository(
            DatabaseClient database,
            OrganizationRepository organizations,
            AuditRepository audit,
            IdempotencyRepository answers,
            TransactionalOperator transaction) {
        this.database = database;
        this.organizations = organizations;
        this.audit = audit;
        this.answers = answers;
        this.transaction = transaction;
    }

    /// The organization whose key this is. Empty where there is no such key, the secret is wrong,
    /// or the directory has the organization no more. Notes the use, to the minute.
    public Mono<UUID> authenticate(KeySecret presented) {
        if (!KeySecret.isClientKey(presented.clientKey())) {
            return Mono.empty();
        }
        return database.sql(
                        """
                        select k.organization_uuid, k.secret_hash,
                               k.last_used_at is null
                                   or k.last_used_at < now() - interval '1 minute' as stale
                        from api_keys k join directory_organizations using (organization_uuid)
                        where k.client_key = :client_key
                        """)
                .bind("client_key", presented.clientKey())
                .map(row ->
                        new Found(
                                requireNonNull(row.get("organization_uuid", UUID.class)),
                                requireNonNull(row.get("secret_hash", byte[].class)),
                                requireNonNull(row.get("stale", Boolean.class))))
                .one()
                .filter(found -> presented.matches(found.secretHash()))
                .flatMap(found ->
                        (found.stale()
                                        ? noteUse(found.organization(), presented)
                                        : Mono.<Void>empty())
                                .thenReturn(found.organization()))
                .contextWrite(Scope.every(Scope.Reason.AUTHENTICATION));
    }

    Flux<ApiKey> all(UUID organization) {
        return database.sql(
                        """
                        select client_key, name, created, last_used_at from api_keys
                        where organization_uuid = :organization
                        """)
                .bind("organization", organization)
                .map(ApiKeyRepository::key)
                .all();
    }

    /// Adds a key. Fails with 400 where there are [#MOST] already.
    ///
    /// @param keep the answer to keep with it
    Mono<Void> add(Caller caller, ApiKey key, KeySecret secret, Answer.@Nullable Keep keep) {
        var organization = caller.organization();
        var added =
                organizations
                        .lock(organization)
                        .then(all(organization).count())
                        .flatMap(count ->
                                count >= MOST
                                        ? Mono.<Void>error(full())
                                        : insert(organization, key, secret))
                        .then(note(caller, "api_key.created", null, key))
                        .then(answers.keep(keep, 0));
        return transaction.transactional(added);
    }

    /// @return whether there was such a key
    Mono<Boolean> delete(Caller caller, String clientKey) {
        if (!KeySecret.isClientKey(clientKey)) {
            return Mono.just(false);
        }
        var deleted =
                database.sql(
                                """
                                delete from api_keys
                                where organization_uuid = :organization
                                  and client_key = :client_key
                                returning client_key, name, created, last_used_at
                                """)
                        .bind("organization", caller.organization())
                        .bind("client_key", clientKey)
                        .map(ApiKeyRepository::key)
                        .one()
                        .flatMap(key -> note(caller, "api_key.deleted", key, null).thenReturn(true))
                        .defaultIfEmpty(false);
        return transaction.transactional(deleted);
    }

    /// How the audit log calls a key.
    static String resource(String clientKey) {
        return "api-keys/" + clientKey;
    }

    private Mono<Void> note(
            Caller caller, String action, @Nullable ApiKey before, @Nullable ApiKey after) {
        var key = requireNonNull(after == null ? before : after);
        var changes = AuditEntry.changes(fields(before), fields(after));
        return audit.add(
                caller, 0, List.of(new AuditEntry(action, resource(key.clientKey()), changes)));
    }

    private static Map<String, String> fields(@Nullable ApiKey key) {
        return key == null ? Map.of() : Map.of("name", key.name());
    }

    private static RefusedException full() {
        return RefusedException.invalid(
                "An organization has at most " + MOST + " API keys; delete one first.");
    }

    private static ApiKey key(Readable row) {
        return new ApiKey(
                requireNonNull(row.get("client_key", String.class)),
                requireNonNull(row.get("name", String.class)),
                requireNonNull(row.get("created", Instant.class)),
                row.get("last_used_at", Instant.class));
    }

    private Mono<Void> insert(UUID organization, ApiKey key, KeySecret secret) {
        return database.sql(
                        """
                        insert into api_keys
                            (organization_uuid, client_key, secret_hash, name, created)
                        values (:organization, :client_key, :secret_hash, :name, :created)
                        """)
                .bind("organization", organization)
                .bind("client_key", key.clientKey())
                .bind("secret_hash", secret.hash())
                .bind("name", key.name())
                .bind("created", key.created())
                .then();
    }

    private Mono<Void> noteUse(UUID organization, KeySecret key) {
        return database.sql(
                        """
                        update api_keys set last_used_at = now()
                        where organization_uuid = :organization and client_key = :client_key
                        """)
                .bind("organization", organization)
                .bind("client_key", key.clientKey())
                .then()
                .onErrorResume(
                        WebConfiguration::takesNothing,
                        fault -> {
                            log.warn("api_key.use_not_noted fault={}", fault.toString());
                            return Mono.empty();
                        });
    }

    private record Found(UUID organization, byte[] secretHash, boolean stale) {}
}
