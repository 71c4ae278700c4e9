package com.avoma.webhooks.config.setup;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.common.secret.SealedText;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot.SigningSecret;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The signing secrets' rows, sealed.
@Component
public class SigningSecretRepository {
    private final DatabaseClient database;

    SigningSecretRepository(DatabaseClient database) {
        this.database = database;
    }

    /// Newest first.
    public Flux<SigningSecret> all(UUID organization) {
        return database.sql(
                        """
                        select ciphertext, until from signing_secrets
                        where organization_uuid = :organization order by position
                        """)
                .bind("organization", organization)
                .map(row ->
                        new SigningSecret(
                                new SealedText(requireNonNull(row.get("ciphertext", String.class))),
                                row.get("until", Instant.class)))
                .all();
    }

    /// Puts these in the place of those that were there.
    Mono<Void> replace(UUID organization, List<SigningSecret> secrets) {
        var delete =
                database.sql("delete from signing_secrets where organization_uuid = :organization")
                        .bind("organization", organization)
                        .then();
        return delete.thenMany(
                        Flux.range(0, secrets.size())
                                .concatMap(i -> insert(organization, i, secrets.get(i))))
                .then();
    }

    private Mono<Void> insert(UUID organization, int position, SigningSecret secret) {
        return database.sql(
                        """
                        insert into signing_secrets (organization_uuid, position, ciphertext, until)
                        values (:organization, :position, :ciphertext, :until)
                        """)
                .bind("organization", organization)
                .bind("position", position)
                .bind("ciphertext", secret.text().ciphertext())
                .bind("until", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, secret.until()))
                .then();
    }
}
