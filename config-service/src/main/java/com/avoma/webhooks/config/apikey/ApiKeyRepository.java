package com.avoma.webhooks.config.apikey;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.config.isolation.Scope;
import com.avoma.webhooks.config.setup.OrganizationRepository;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// API keys, their secrets hashed.
@Component
public class ApiKeyRepository {
    /// Of one organization.
    static final int MOST = 5;

    private final DatabaseClient database;
    private final OrganizationRepository organizations;
    private final TransactionalOperator transaction;

    ApiKeyRepository(
            DatabaseClient database,
            OrganizationRepository organizations,
            TransactionalOperator transaction) {
        this.database = database;
        this.organizations = organizations;
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
                .map(row ->
                        new ApiKey(
                                requireNonNull(row.get("client_key", String.class)),
                                requireNonNull(row.get("name", String.class)),
                                requireNonNull(row.get("created", Instant.class)),
                                row.get("last_used_at", Instant.class)))
                .all();
    }

    /// Adds a key, unless there are [#MOST] already.
    ///
    /// @return whether it was added
    Mono<Boolean> add(UUID organization, ApiKey key, KeySecret secret) {
        var added =
                organizations
                        .lock(organization)
                        .then(all(organization).count())
                        .flatMap(count ->
                                count >= MOST
                                        ? Mono.just(false)
                                        : insert(organization, key, secret).thenReturn(true));
        return transaction.transactional(added);
    }

    /// @return whether there was such a key
    Mono<Boolean> delete(UUID organization, String clientKey) {
        if (!KeySecret.isClientKey(clientKey)) {
            return Mono.just(false);
        }
        return database.sql(
                        """
                        delete from api_keys
                        where organization_uuid = :organization and client_key = :client_key
                        """)
                .bind("organization", organization)
                .bind("client_key", clientKey)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
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
                .then();
    }

    private record Found(UUID organization, byte[] secretHash, boolean stale) {}
}
