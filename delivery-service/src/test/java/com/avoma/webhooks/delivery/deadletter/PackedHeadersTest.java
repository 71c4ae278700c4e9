package com.avoma.webhooks.delivery.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.delivery.deadletter.SourceRecord.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackedHeadersTest {
    @Test
    void givesBackWhatWasPacked() {
        var headers =
                List.of(
                        new Header("webhooks-message-id", utf8("msg_1")),
                        new Header("Käse 🧀", utf8("é")),
                        new Header("", new byte[0]),
                        new Header("nothing", null),
                        new Header("webhooks-message-id", new byte[] {0, -1, 127}));

        assertThat(new PackedHeaders(headers).get())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(headers);
    }

    @Test
    void packsNone() {
        assertThat(new PackedHeaders(List.of()).get()).isEmpty();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
