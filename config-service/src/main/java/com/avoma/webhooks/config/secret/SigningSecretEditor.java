package com.avoma.webhooks.config.secret;

import com.avoma.webhooks.common.subscription.OrganizationSnapshot.SigningSecret;
import com.avoma.webhooks.config.audit.AuditEntry;
import com.avoma.webhooks.config.audit.AuditRepository;
import com.avoma.webhooks.config.change.SetupEditor;
import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.notification.Notice;
import com.avoma.webhooks.config.setup.Edited;
import com.avoma.webhooks.config.setup.OrganizationSetup;
import com.avoma.webhooks.config.setup.SigningSecretRepository;
import com.avoma.webhooks.config.setup.Trace;
import com.avoma.webhooks.config.web.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// What callers do with the signing secret, by the API and in the console. A change answers when it
/// holds everywhere, and admins are told of it; whoever sees the secret leaves an entry in the
/// audit log.
public final class SigningSecretEditor {
    private static final String RESOURCE = "webhooks/signing-secret";
    private static final String ROTATED = "signing_secret.rotated";

    private final SigningSecretRepository stored;
    private final SetupEditor setups;
    private final SigningSecrets secrets;
    private final AuditRepository audit;
    private final Clock clock;

    /// What can be told of it without showing it.
    ///
    /// @param overlapUntil how long the one before it still signs, too; null: it does not
    public record State(boolean set, @Nullable Instant overlapUntil) {}

    SigningSecretEditor(
            SigningSecretRepository stored,
            SetupEditor setups,
            SigningSecrets secrets,
            AuditRepository audit,
            Clock clock) {
        this.stored = stored;
        this.setups = setups;
        this.secrets = secrets;
        this.audit = audit;
        this.clock = clock;
    }

    public Mono<State> state(Caller caller) {
        var now = clock.instant();
        return stored.all(caller.organization())
                .collectList()
                .map(all -> new State(!all.isEmpty(), overlap(all, now)));
    }

    private static @Nullable Instant overlap(List<SigningSecret> secrets, Instant now) {
        for (var secret : secrets) {
            if (secret.until() != null && secret.until().isAfter(now)) {
                return secret.until();
            }
        }
        return null;
    }

    /// The secret, `""` where there is none.
    public Mono<String> reveal(Caller caller) {
        return stored.all(caller.organization())
                .collectList()
                .map(all -> secrets.reveal(caller.organization(), all))
                .flatMap(secret ->
                        (secret.isEmpty() ? Mono.<Void>empty() : noteReveal(caller))
                                .thenReturn(secret));
    }

    /// Sets one of the caller's own, or none.
    ///
    /// @param json as the API takes it
    Mono<String> set(Caller caller, byte @Nullable [] json) {
        var secret = SigningSecrets.custom(json);
        return replace(secret, Duration.ZERO, Trace.of(caller)).thenReturn(secret);
    }

    Mono<Void> delete(Caller caller) {
        return replace("", Duration.ZERO, Trace.of(caller)).then();
    }

    /// Makes a new random one.
    ///
    /// @param json as the API takes it; null: no overlap
    /// @param keep what to keep of the answer for when the request comes again; null: nothing
    public Mono<String> rotate(
            Caller caller, byte @Nullable [] json, Function<String, Answer.@Nullable Keep> keep) {
        var overlap = SigningSecrets.overlap(json);
        var secret = secrets.generate();
        var trace = new Trace(caller, ROTATED, keep.apply(secret), List.of());
        return replace(secret, overlap, trace).thenReturn(secret);
    }

    /// The caller sees the secret.
    Mono<Void> noteReveal(Caller caller) {
        return audit.add(caller, 0, List.of(AuditEntry.of("signing_secret.revealed", RESOURCE)));
    }

    private Mono<OrganizationSetup> replace(String secret, Duration overlap, Trace trace) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return setups.edit(
                trace.by().organization(),
                setup -> {
                    var next = secrets.replace(setup, secret, overlap, now);
                    var notice = notice(trace, next);
                    return new Edited<>(next, next).traced(trace.telling(List.of(notice)));
                });
    }

    private static Notice notice(Trace trace, OrganizationSetup after) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("changed_by", trace.by().actor());
        after.signingSecrets()
                .forEach(secret -> {
                    if (secret.until() != null) {
                        data.put("overlap_until", secret.until());
                    }
                });
        var type =
                after.signingSecrets().isEmpty()
                        ? Notice.Type.SECRET_DELETED
                        : ROTATED.equals(trace.secretAction())
                                ? Notice.Type.SECRET_ROTATED
                                : Notice.Type.SECRET_SET;
        return new Notice(after.organization(), type, RESOURCE, data);
    }
}
