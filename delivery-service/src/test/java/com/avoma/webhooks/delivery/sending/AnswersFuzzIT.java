package com.avoma.webhooks.delivery.sending;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.delivery.receiver.Authority;
import com.avoma.webhooks.delivery.receiver.Receiver;
import com.avoma.webhooks.delivery.receiver.Receiver.Answer;
import com.avoma.webhooks.delivery.sending.Outcome.Delivered;
import com.avoma.webhooks.testing.Fuzz;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever a receiver answers, over real TLS, the attempt ends with an outcome, and the next one
/// is none the worse for it.
class AnswersFuzzIT {
    private static final int INPUTS = Integer.getInteger("fuzz.answers", 1_500);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Payload BODY = Payload.of("{\"event_type\":\"AINOTE\"}");

    private Receiver strange;
    private Receiver healthy;
    private HttpSender sender;

    @BeforeEach
    void start() throws Exception {
        var authority = new Authority();
        sender = Senders.trusting(authority, LIMIT);
        strange = Receiver.start(authority.forLocalhost());
        healthy = Receiver.start(authority.forLocalhost());
    }

    @AfterEach
    void stop() throws Exception {
        sender.close();
        strange.close();
        healthy.close();
    }

    @Test
    void endEachAttempt() {
        var seen = Fuzz.of(AnswersFuzzIT.class, "answers").run(INPUTS, this::attempt);
        assertThat(seen.keySet())
                .extracting(Object::toString)
                .anyMatch(kind -> kind.startsWith("delivered"))
                .anyMatch(kind -> kind.startsWith("refused"))
                .contains("PROTOCOL");
    }

    private Object attempt(byte[] answer) throws Exception {
        // then it closes, so that an answer that has no end has one
        strange.answers(Answer.raw(new String(answer, ISO_8859_1), false));
        var attempt = post(strange);
        assertThat(attempt.took()).isLessThan(LIMIT);
        assertThat(post(healthy).outcome()).isEqualTo(new Delivered(200));
        return switch (attempt.outcome()) {
            case Outcome.Delivered(int status) -> "delivered " + status / 100;
            case Outcome.Refused refused -> {
                assertThat(refused.status()).isBetween(100, 999);
                yield "refused " + refused.status() / 100;
            }
            case Outcome.Unreachable unreachable -> {
                assertThat(attempt.outcome().sentence()).isNotBlank().hasSizeLessThan(1_000);
                yield unreachable.failure();
            }
        };
    }

    private Attempt post(Receiver receiver) throws Exception {
        var url = receiver.url("localhost");
        return sender.post(Request.of(url, sender.userAgent(), List.of(), List.of(), BODY))
                .get(LIMIT.toSeconds() * 2, TimeUnit.SECONDS);
    }
}
