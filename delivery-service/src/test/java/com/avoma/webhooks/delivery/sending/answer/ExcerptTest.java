package com.avoma.webhooks.delivery.sending.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    private static final int LIMIT = 100;

    private final Excerpt excerpt = new Excerpt(LIMIT);

    @Test
    void isNothingWithoutABody() {
        assertThat(excerpt.text()).isNull();
    }

    @Test
    void keepsTheFirstBytes() {
        assertThat(add("a".repeat(70))).isTrue();
        assertThat(add("b".repeat(70))).isTrue();

        assertThat(excerpt.text()).isEqualTo("a".repeat(70) + "b".repeat(30));
    }

    @Test
    void wantsNoMoreOnceTooMuchWasDiscarded() {
        assertThat(excerpt.add(Unpooled.wrappedBuffer(new byte[LIMIT + 64 * 1024]))).isTrue();
        assertThat(add("x")).isFalse();
    }

    @Test
    void wantsNoMoreThanItKeepsWhereTheRestIsKnownToBeLong() {
        excerpt.expect(100_000_000, null);

        assertThat(add("x".repeat(LIMIT - 1))).isTrue();
        assertThat(add("x")).isFalse();
    }

    @Test
    void cutsNoCharacterInTwo() {
        add("x".repeat(98) + "🎉");

        assertThat(excerpt.text()).isEqualTo("x".repeat(98));
    }

    @Test
    void saysWhereABodyIsNotText() {
        excerpt.add(Unpooled.wrappedBuffer(new byte[] {'P', 'K', 3, 4, 0, 0}));

        assertThat(excerpt.text()).isEqualTo("[not shown: the body is not text]");
    }

    @Test
    void readsGzip() throws IOException {
        excerpt.expect(-1, "GZIP");
        excerpt.add(Unpooled.wrappedBuffer(gzip("hello".getBytes(StandardCharsets.UTF_8))));

        assertThat(excerpt.text()).isEqualTo("hello");
    }

    @Test
    void cutsABomb() throws IOException {
        excerpt.expect(-1, "gzip");
        var zeros = new byte[10_000_000];
        Arrays.fill(zeros, (byte) 'a');
        excerpt.add(Unpooled.wrappedBuffer(gzip(zeros)));

        assertThat(excerpt.text()).isEqualTo("a".repeat(LIMIT));
    }

    @Test
    void readsBothKindsOfDeflate() throws IOException {
        for (boolean raw : new boolean[] {true, false}) {
            var bytes = new ByteArrayOutputStream();
            try (var out =
                    new DeflaterOutputStream(
                            bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, raw))) {
                out.write("hello".getBytes(StandardCharsets.UTF_8));
            }
            var one = new Excerpt(LIMIT);
            one.expect(-1, "deflate");
            one.add(Unpooled.wrappedBuffer(bytes.toByteArray()));

            assertThat(one.text()).isEqualTo("hello");
        }
    }

    @Test
    void saysWhereItCannotDecompress() {
        excerpt.expect(-1, "gzip");
        add("plain");
        var brotli = new Excerpt(LIMIT);
        brotli.expect(-1, "br");
        brotli.add(Unpooled.wrappedBuffer(new byte[] {1}));

        assertThat(excerpt.text())
                .isEqualTo("[not shown: the body is not gzip although it says so]");
        assertThat(brotli.text()).startsWith("[not shown: the body is compressed");
    }

    private boolean add(String text) {
        return excerpt.add(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }
}
