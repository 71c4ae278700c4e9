package com.avoma.webhooks.config.idempotency;

import com.avoma.webhooks.config.web.RefusedException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// Makes a request once. A change writes its answer in its own transaction
/// ([IdempotencyRepository#keep]), and the key is unique: of two requests at a time, on whatever
/// instance, one changes something, and the other is rolled back and given the first one's answer.
///
/// What was refused changed nothing and is not kept: it is judged again.
public final class Idempotency {
    private final IdempotencyRepository answers;

    Idempotency(IdempotencyRepository answers) {
        this.answers = answers;
    }

    /// The answer of the change, or the one that the request was given before. Fails with 409 where
    /// the key came with another request before.
    ///
    /// @param request null: it has no key and is made whenever it comes
    public <T> Mono<Answer<T>> once(
            @Nullable IdempotentRequest request, Class<T> body, Mono<Answer<T>> change) {
        if (request == null) {
            return change;
        }
        return answers.find(request, body)
                .switchIfEmpty(
                        change.onErrorResume(fault -> answeredMeanwhile(request, body, fault)));
    }

    private <T> Mono<Answer<T>> answeredMeanwhile(
            IdempotentRequest request, Class<T> body, Throwable fault) {
        return answers.find(request, body)
                .onErrorMap(e -> e instanceof RefusedException ? e : fault)
                .switchIfEmpty(Mono.error(fault));
    }
}
