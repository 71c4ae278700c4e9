package com.avoma.webhooks.config.idempotency;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.secret.Purpose;
import com.avoma.webhooks.common.secret.SealBrokenException;
import com.avoma.webhooks.common.secret.SealedText;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.config.isolation.Scope;
import com.avoma.webhooks.config.web.RefusedException;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// The answers to requests with an `Idempotency-Key`, for 24 hours by the database's clock. They
/// are sealed, for a new API key's secret is in one.
@Component
public class IdempotencyRepository {
    private final DatabaseClient database;
    private final SecretCipher cipher;

    IdempotencyRepository(DatabaseClient database, SecretCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    /// Keeps an answer, within the transaction that makes the change. Fails, and so rolls the
    /// change back, where the key has an answer.
    ///
    /// @param keep null: nothing is to be kept
    /// @param revision with whose publication the change holds; 0: it holds at once
    public Mono<Void> keep(Answer.@Nullable Keep keep, long revision) {
        return keep == null ? Mono.empty() : insert(keep.request(), keep.answer(), revision);
    }

    /// Forgets the answer of a change that is taken back.
    public Mono<Void> forget(UUID organization, long revision) {
        return database.sql(
                        """
                        delete from idempotency_keys
                        where organization_uuid = :organization and revision = :revision
                        """)
                .bind("organization", organization)
                .bind("revision", revision)
                .then();
    }

    /// Seals an organization's answers with the keyset's primary key. Fails with
    /// [SealBrokenException] where no key opens one.
    public Mono<Void> reseal(UUID organization) {
        return database.sql(
                        """
                        select ciphertext from idempotency_keys
                        where organization_uuid = :organization
                        """)
                .bind("organization", organization)
                .mapValue(String.class)
                .all()
                .collectList()
                .flatMapIterable(all -> all)
                .concatMap(old -> reseal(organization, old))
                .then();
    }

    /// The answer that the request was given, once its change holds. Empty where there is none.
    /// Fails with 409 where another request had the key.
    <T> Mono<Answer<T>> find(IdempotentRequest request, Class<T> body) {
        return database.sql(
                        """
                        select fingerprint, status, etag, ciphertext
                        from idempotency_keys k join organizations o using (organization_uuid)
                        where k.organization_uuid = :organization and k.actor = :actor
                          and k.key = :key and k.created > now() - interval '24 hours'
                          and k.revision <= o.published_revision
                        """)
                .bind("organization", request.organization())
                .bind("actor", request.actor())
                .bind("key", request.key())
                .map(row ->
                        new Row(
                                requireNonNull(row.get("fingerprint", byte[].class)),
                                requireNonNull(row.get("status", Integer.class)),
                                row.get("etag", String.class),
                                requireNonNull(row.get("ciphertext", String.class))))
                .one()
                .map(row -> answer(request, row, body));
    }

    /// Forgets what is older than 24 hours.
    ///
    /// @return how many
    Mono<Long> sweep() {
        return database.sql(
                        "delete from idempotency_keys where created <= now() - interval '24 hours'")
                .fetch()
                .rowsUpdated()
                .contextWrite(Scope.every(Scope.Reason.HOUSEKEEPING));
    }

    private Mono<Void> reseal(UUID organization, String old) {
        var anew =
                cipher.reseal(new SealedText(old), organization, Purpose.KEPT_ANSWER).ciphertext();
        return anew.equals(old)
                ? Mono.empty()
                : database.sql(
                                """
                                update idempotency_keys set ciphertext = :anew
                                where organization_uuid = :organization and ciphertext = :old
                                """)
                        .bind("anew", anew)
                        .bind("organization", organization)
                        .bind("old", old)
                        .then();
    }

    private Mono<Void> insert(IdempotentRequest request, Answer<?> answer, long revision) {
        var body = new String(Json.write(requireNonNull(answer.body())), StandardCharsets.UTF_8);
        var sealed = cipher.seal(body, request.organization(), Purpose.KEPT_ANSWER);
        return database.sql(
                        """
                        insert into idempotency_keys as k (organization_uuid, actor, key,
                            fingerprint, status, etag, ciphertext, revision, created)
                        values (:organization, :actor, :key,
                            :fingerprint, :status, :etag, :ciphertext, :revision, now())
                        on conflict (organization_uuid, actor, key) do update set
                            fingerprint = excluded.fingerprint, status = excluded.status,
                            etag = excluded.etag, ciphertext = excluded.ciphertext,
                            revision = excluded.revision, created = excluded.created
                        where k.created <= now() - interval '24 hours'
                        """)
                .bind("organization", request.organization())
                .bind("actor", request.actor())
                .bind("key", request.key())
                .bind("fingerprint", request.fingerprint())
                .bind("status", answer.status())
                .bind("etag", Parameters.in(R2dbcType.VARCHAR, answer.etag()))
                .bind("ciphertext", sealed.ciphertext())
                .bind("revision", revision)
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows == 1 ? Mono.empty() : Mono.error(alreadyUsed()));
    }

    private <T> Answer<T> answer(IdempotentRequest request, Row row, Class<T> body) {
        if (!MessageDigest.isEqual(request.fingerprint(), row.fingerprint())) {
            throw alreadyUsed();
        }
        try {
            var json =
                    cipher.open(
                            new SealedText(row.ciphertext()),
                            request.organization(),
                            Purpose.KEPT_ANSWER);
            var read = Json.read(json.getBytes(StandardCharsets.UTF_8), body);
            return new Answer<>(row.status(), row.etag(), read, true);
        } catch (SealBrokenException _) {
            throw RefusedException.conflict(
                    "This request was made before, with this Idempotency-Key, but its answer was"
                            + " sealed with a key that is gone.");
        }
    }

    private static RefusedException alreadyUsed() {
        return RefusedException.conflict(
                "This Idempotency-Key came with another request in the last 24 hours.");
    }

    private record Row(byte[] fingerprint, int status, @Nullable String etag, String ciphertext) {}
}
