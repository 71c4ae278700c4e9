package com.avoma.webhooks.config.apikey;

import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.Names;
import com.avoma.webhooks.config.web.RefusedException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// What callers do with API keys, by the API and in the console.
public final class ApiKeyEditor {
    private static final String UNNAMED = "API key";
    private static final int LONGEST_NAME = 100;

    private final ApiKeyRepository keys;
    private final Clock clock;
    private final SecureRandom random;

    /// A new key with its secret, which nobody gets to see again.
    public record Issued(ApiKey key, KeySecret secret) {
        /// As it reads in a request.
        public String credentials() {
            return secret.clientKey() + ':' + secret.secret();
        }
    }

    ApiKeyEditor(ApiKeyRepository keys, Clock clock, SecureRandom random) {
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    /// The organization's, in no order.
    public Mono<List<ApiKey>> all(Caller caller) {
        return keys.all(caller.organization()).collectList();
    }

    /// Issues a key.
    ///
    /// @param json as the API takes it
    /// @param keep what to keep of the answer for when the request comes again; null: nothing
    public Mono<Issued> issue(
            Caller caller, byte @Nullable [] json, Function<Issued, Answer.@Nullable Keep> keep) {
        var body = JsonBody.parse(json, Set.of("name"), Set.of());
        var name = Names.read(body, "name", LONGEST_NAME);
        body.orRefuse();
        var secret = KeySecret.random(random);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var key = new ApiKey(secret.clientKey(), name == null ? UNNAMED : name, now, null);
        var issued = new Issued(key, secret);
        return keys.add(caller, key, secret, keep.apply(issued)).thenReturn(issued);
    }

    public Mono<Void> delete(Caller caller, String clientKey) {
        return keys.delete(caller, clientKey)
                .flatMap(deleted ->
                        deleted ? Mono.empty() : Mono.error(RefusedException.notFound("API key")));
    }
}
