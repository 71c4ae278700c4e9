package com.avoma.webhooks.benchmark;

import com.avoma.webhooks.benchmark.setting.Extent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the command line asks for.
///
/// @param serviceFlags JVM flags of delivery-service; empty: those that it has in production
/// @param output where the report and its picture go
/// @param keep whether logs and data stay after the end
record Options(
        List<Scenario> scenarios,
        Extent extent,
        List<String> serviceFlags,
        Path output,
        boolean keep) {
    private static final Set<String> SWITCHES = Set.of("--quick", "--keep");
    private static final Set<String> VALUES =
            Set.of("--scenario", "--runs", "--jobs", "--rate", "--service-flags", "--output");

    static String help() {
        return """
        Measures the services on this machine, each beside its baseline in the same run: a real broker, a
        receiver, the service and the baseline as processes of their own, on loopback only. A figure is the
        median of the runs, with the least and the most. Ratios are the result: absolute figures carry their
        machine. Close other programs first. The whole takes most of an hour, --quick less.

          ./benchmark [options]

          --scenario a,a2,...     which of these (all):
        %s
          --runs N                runs of each, after its warm-up (5)
          --jobs N                deliveries in each run of a drain (60000)
          --rate N                jobs a second where the rate is fixed (500)
          --quick                 two short runs of each: shows that it works, not how fast it is
          --output DIR            where JSON and SVG go (deploy/benchmark/target/results)
          --service-flags "..."   JVM flags of delivery-service in place of those of production
          --keep                  keep logs and data, and print where they are
          --help                  this
        """
                .formatted(
                        Arrays.stream(Scenario.values())
                                .map(one -> "      %-4s %s".formatted(one.letter(), one.title()))
                                .collect(Collectors.joining("\n")));
    }

    /// @param output where the report goes unless the words say otherwise
    /// @throws IllegalArgumentException where a word is not understood
    static Options parse(List<String> words, Path output) {
        Map<String, String> given = new HashMap<>();
        for (var i = words.iterator(); i.hasNext(); ) {
            var name = i.next();
            if (SWITCHES.contains(name)) {
                given.put(name, "");
            } else if (VALUES.contains(name) && i.hasNext()) {
                given.put(name, i.next());
            } else {
                throw new IllegalArgumentException(
                        name + ": no such option, or no value (see --help)");
            }
        }
        boolean quick = given.containsKey("--quick");
        return new Options(
                scenarios(given.get("--scenario")),
                new Extent(
                        positive(given, "--runs", quick ? 2 : 5),
                        positive(given, "--jobs", quick ? 8_000 : 60_000),
                        positive(given, "--rate", 500),
                        quick),
                split(given.getOrDefault("--service-flags", ""), "\\s+"),
                Path.of(given.getOrDefault("--output", output.toString())).toAbsolutePath(),
                given.containsKey("--keep"));
    }

    private static List<Scenario> scenarios(@Nullable String letters) {
        return letters == null
                ? List.of(Scenario.values())
                : split(letters, ",").stream().map(Scenario::of).toList();
    }

    private static List<String> split(String text, String by) {
        return Arrays.stream(text.split(by)).filter(one -> !one.isBlank()).toList();
    }

    private static int positive(Map<String, String> given, String name, int otherwise) {
        var value = given.getOrDefault(name, Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new IllegalArgumentException(name + ": " + value + " (expected: a number > 0)");
    }
}
