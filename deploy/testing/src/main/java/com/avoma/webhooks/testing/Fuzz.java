package com.avoma.webhooks.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

/// Puts inputs to a target that are nearly right: first a corpus as it is, then mutations of it.
/// What makes the target behave in a way that was not seen before is mutated further.
///
/// The corpus is the files in `fuzz/NAME` among the test's resources. An input that fails is
/// written to `target/fuzz/NAME`; moved into the corpus it is tried first from then on. The seed is
/// printed, and given again with `-Dfuzz.seed=…`; `-Dfuzz.inputs=…` goes on for longer.
public final class Fuzz {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 20_000);
    private static final int LONGEST = 64 * 1024;

    /// Of each behaviour that many inputs are kept.
    private static final int KEPT = 8;

    private final String name;
    private final List<byte[]> pool;
    private final Map<Object, Integer> behaviours = new HashMap<>();
    private final Random random;

    /// What is fuzzed.
    public interface Target {
        /// @return what it did, as far as that tells one behaviour from another: few values, not
        ///   one for each input
        Object take(byte[] input) throws Exception;
    }

    private Fuzz(String name, List<byte[]> pool, long seed) {
        this.name = name;
        this.pool = pool;
        this.random = new Random(seed);
    }

    /// @param test whose resources have the corpus
    /// @param name of the corpus
    public static Fuzz of(Class<?> test, String name) {
        long seed = Long.getLong("fuzz.seed", new Random().nextLong());
        System.out.printf("fuzz %s: -Dfuzz.seed=%d%n", name, seed);
        return new Fuzz(name, corpus(test, name), seed);
    }

    private static List<byte[]> corpus(Class<?> test, String name) {
        var directory = test.getClassLoader().getResource("fuzz/" + name);
        if (directory == null) {
            throw new IllegalArgumentException("fuzz/" + name + ": no such resource");
        }
        try (var files = Files.list(Path.of(directory.toURI()))) {
            List<byte[]> corpus = new ArrayList<>();
            for (var file : files.sorted().toList()) {
                corpus.add(Files.readAllBytes(file));
            }
            return corpus;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @return what the target did, and how often
    public Map<Object, Integer> run(Target target) {
        return run(INPUTS, target);
    }

    /// The same with as many inputs besides the corpus.
    public Map<Object, Integer> run(int inputs, Target target) {
        for (var input : List.copyOf(pool)) {
            put(target, input);
        }
        for (int i = 0; i < inputs; i++) {
            var input = mutated();
            var behaviour = put(target, input);
            if (behaviours.merge(behaviour, 1, Integer::sum) <= KEPT) {
                pool.add(input);
            }
        }
        System.out.printf("fuzz %s: %d inputs, %s%n", name, inputs, behaviours);
        return behaviours;
    }

    private Object put(Target target, byte[] input) {
        try {
            Callable<Object> call = () -> target.take(input.clone());
            return call.call();
        } catch (Exception | AssertionError | StackOverflowError e) {
            throw new AssertionError(
                    "%s: after input %s (move it into the corpus): %s"
                            .formatted(name, keep(input), e),
                    e);
        }
    }

    private Path keep(byte[] input) {
        var hex = HexFormat.of().toHexDigits(Arrays.hashCode(input));
        var file = Path.of("target", "fuzz", name, hex);
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] mutated() {
        byte[] input = any();
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            input = mutatedOnce(input);
        }
        return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
    }

    private byte[] mutatedOnce(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int to = Math.min(input.length, from + random.nextInt(8));
        return switch (random.nextInt(8)) {
            case 0 -> spliced(input, from, new byte[] {(byte) random.nextInt(256)}, to);
            case 1 -> spliced(input, from, new byte[0], to);
            case 2 -> Arrays.copyOf(input, from);
            case 3 -> spliced(input, from, token(), from);
            case 4 -> spliced(input, from, token(), to);
            case 5 -> {
                var other = any();
                int begin = random.nextInt(other.length + 1);
                int end = Math.min(other.length, begin + random.nextInt(64));
                yield spliced(input, from, Arrays.copyOfRange(other, begin, end), to);
            }
            case 6 -> {
                var again = Arrays.copyOfRange(input, from, to);
                int times = 1 + random.nextInt(50);
                var all = new byte[again.length * times];
                for (int i = 0; i < times; i++) {
                    System.arraycopy(again, 0, all, i * again.length, again.length);
                }
                yield spliced(input, from, all, to);
            }
            default -> {
                var flipped = input.clone();
                if (flipped.length > 0) {
                    int at = random.nextInt(flipped.length);
                    flipped[at] = (byte) (flipped[at] ^ (1 << random.nextInt(8)));
                }
                yield flipped;
            }
        };
    }

    private byte[] any() {
        return pool.get(random.nextInt(pool.size()));
    }

    /// What parsers have special rules for.
    private byte[] token() {
        return Tokens.ALL.get(random.nextInt(Tokens.ALL.size()));
    }

    private static byte[] spliced(byte[] input, int from, byte[] middle, int to) {
        var all = new byte[from + middle.length + input.length - to];
        System.arraycopy(input, 0, all, 0, from);
        System.arraycopy(middle, 0, all, from, middle.length);
        System.arraycopy(input, to, all, from + middle.length, input.length - to);
        return all;
    }
}
