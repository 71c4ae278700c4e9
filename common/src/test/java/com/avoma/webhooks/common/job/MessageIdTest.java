package com.avoma.webhooks.common.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageIdTest {
    private static final UUID WEBHOOK = UUID.fromString("5b0c8f3e-2a41-4c7d-9e0b-7f1d2c3a4b5e");
    private static final UUID OTHER = UUID.fromString("5b0c8f3e-2a41-4c7d-9e0b-7f1d2c3a4b5f");

    @Test
    void isTheSameForEver() {
        // receivers keep these: a change of the digest would make them take duplicates
        assertThat(MessageId.of("/meetings", "e-1", WEBHOOK))
                .isEqualTo("msg_e9d34e388fda20166ac678c76c509f9c");
    }

    @Test
    void isTheSameOnManyThreadsAtOnce() {
        var expected = MessageId.of("/meetings", "e-1", WEBHOOK);

        var others =
                IntStream.range(0, 2_000_000)
                        .parallel()
                        .mapToObj(_ -> MessageId.of("/meetings", "e-1", WEBHOOK))
                        .filter(id -> !id.equals(expected))
                        .findAny();

        assertThat(others).isEmpty();
    }

    @Test
    void hasNoDotWhateverTheEvent() {
        assertThat(MessageId.of("https://a.example/", "1.2.3", WEBHOOK))
                .matches("msg_[0-9a-f]{32}");
    }

    @Test
    void differsWithEachOfItsThreeParts() {
        var id = MessageId.of("a", "bc", WEBHOOK);

        assertThat(MessageId.of("a", "bd", WEBHOOK)).isNotEqualTo(id);
        assertThat(MessageId.of("b", "bc", WEBHOOK)).isNotEqualTo(id);
        assertThat(MessageId.of("a", "bc", OTHER)).isNotEqualTo(id);
    }

    @Test
    void doesNotMistakeOnePartsEndForTheNextsBeginning() {
        assertThat(MessageId.of("a", "bc", WEBHOOK)).isNotEqualTo(MessageId.of("ab", "c", WEBHOOK));
        assertThat(MessageId.of("", "abc", WEBHOOK)).isNotEqualTo(MessageId.of("abc", "", WEBHOOK));
    }
}
