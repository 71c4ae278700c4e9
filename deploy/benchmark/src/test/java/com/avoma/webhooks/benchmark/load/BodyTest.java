package com.avoma.webhooks.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.json.JsonNormalizer;
import com.avoma.webhooks.common.json.Payload;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BodyTest {
    private static final long MICROS = 1_790_000_000_123_456L;

    @Test
    void beginsWithTheMomentItShouldHaveBeenSentAt() {
        assertThat(sentAt(Body.of(MICROS, 7, 2048))).isEqualTo(MICROS);
        assertThat(sentAt(sample())).isEqualTo(MICROS);
    }

    @Test
    void isAsLongAsAskedFor() {
        assertThat(Body.of(MICROS, 7, 2048).bytes()).hasSize(2048);
        assertThat(sample().bytes()).hasSize(2048);
    }

    @Test
    void reachesTheReceiverAsItIs() {
        assertThat(JsonNormalizer.normalizeObject(sample().bytes()).changed()).isFalse();
    }

    @Test
    void isNotTakenForOneWhereItIsAnother() {
        assertThat(Body.sentAt(new byte[Body.headLength()])).isEqualTo(-1);
    }

    private static Payload sample() {
        var sample = TriggerEvent.MEETING_BOOKED_VIA_SCHEDULER.sample().text();
        return Body.ofSample(MICROS, sample, 2048);
    }

    private static long sentAt(Payload body) {
        return Body.sentAt(Arrays.copyOf(body.bytes(), Body.headLength()));
    }
}
