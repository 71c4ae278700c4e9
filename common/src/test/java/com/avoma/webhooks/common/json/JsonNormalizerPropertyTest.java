package com.avoma.webhooks.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Random texts against Node's own `JSON.stringify(JSON.parse(text))`, where `node` is on the PATH.
/// The seed is printed; `-Dwebhooks.test.seed=…` repeats a run.
class JsonNormalizerPropertyTest {
    private static final long SEED = Long.getLong("webhooks.test.seed", new Random().nextLong());

    private static final String NO_NODE =
            "JsonNormalizerPropertyTest: no node on the PATH, so not compared with its JSON.stringify";

    @BeforeAll
    static void saysWhatIsRun() {
        System.out.println("JsonNormalizerPropertyTest: -Dwebhooks.test.seed=" + SEED);
        if (!Node.isInstalled()) {
            System.out.println(NO_NODE);
        }
    }

    @Test
    void agreesWithNodeOnJson() throws Exception {
        var texts = new RandomJson(new Random(SEED));
        agrees(generate(20_000, texts::document));
    }

    @Test
    void agreesWithNodeOnWhatIsJsonAtAll() throws Exception {
        var random = new Random(SEED + 1);
        var texts = new RandomJson(random);
        var mutations = new Mutations(random);
        agrees(generate(20_000, () -> mutations.of(texts.document())));
    }

    @Test
    void agreesWithNodeOnDoublesOfAllBits() throws Exception {
        var texts = new RandomJson(new Random(SEED + 2));
        agrees(generate(1_000, texts::doubles));
    }

    @Test
    void agreesWithNodeOnNumbersOfAllShapes() throws Exception {
        var texts = new RandomJson(new Random(SEED + 3));
        agrees(generate(1_000, texts::numbers));
    }

    @Test
    void isDoneAfterOnce() {
        var random = new Random(SEED + 4);
        var texts = new RandomJson(random);
        for (byte[] text : generate(20_000, texts::document)) {
            byte[] once = JsonNormalizer.normalize(text).body().bytes();
            var twice = JsonNormalizer.normalize(once);
            assertThat(twice.changed()).as(show(text)).isFalse();
            assertThat(twice.inexactNumbers()).as(show(text)).isZero();
            assertThat(twice.body().bytes()).isSameAs(once);
        }
    }

    /// The short way for what is stable says the same as the long one, and takes most of it.
    @Test
    void recognisesWhatIsStableAndNothingElse() {
        var random = new Random(SEED + 5);
        var texts = new RandomJson(random);
        var mutations = new Mutations(random);
        int stable = 0;
        int recognised = 0;
        for (byte[] text : generate(20_000, texts::document)) {
            byte[] once = JsonNormalizer.normalize(text).body().bytes();
            stable++;
            recognised += StableText.is(once, 0, once.length) ? 1 : 0;
            for (byte[] some : List.of(text, once, mutations.of(text), mutations.of(once))) {
                if (StableText.is(some, 0, some.length)) {
                    var rewritten = JsonNormalizer.rewrite(some, 0, some.length);
                    assertThat(rewritten.changed()).as(show(some)).isFalse();
                    assertThat(rewritten.inexactNumbers()).as(show(some)).isZero();
                }
            }
        }
        System.out.printf("recognised: %,d of %,d stable texts%n", recognised, stable);
        assertThat(recognised).isGreaterThan(stable / 4);
    }

    private static void agrees(List<byte[]> texts) throws IOException, InterruptedException {
        assumeTrue(Node.isInstalled(), NO_NODE);
        var answers = Node.stringified(texts);
        int accepted = 0;
        for (int i = 0; i < texts.size(); i++) {
            byte[] ours = normalized(texts.get(i));
            byte[] theirs = answers.get(i);
            if (theirs != null) {
                accepted++;
            }
            if (!Arrays.equals(ours, theirs)) {
                fail("text %s%n node %s%n ours %s", show(texts.get(i)), show(theirs), show(ours));
            }
        }
        // else the generator would prove nothing
        assertThat(accepted).isGreaterThan(texts.size() / 20);
    }

    private static byte @Nullable [] normalized(byte[] text) {
        try {
            return JsonNormalizer.normalize(text).body().bytes();
        } catch (MalformedJsonException e) {
            return null;
        }
    }

    private static List<byte[]> generate(int count, Supplier<byte[]> texts) {
        List<byte[]> all = new ArrayList<>(count);
        while (all.size() < count) {
            all.add(texts.get());
        }
        return all;
    }

    private static String show(byte @Nullable [] text) {
        return text == null ? "refused" : new String(text, StandardCharsets.ISO_8859_1);
    }
}
