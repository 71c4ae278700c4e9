package com.avoma.webhooks.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.avoma.webhooks.benchmark.setting.Extent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final Path OUTPUT = Path.of("/results");

    @Test
    void measuresEverythingUnlessItIsTold() {
        var options = parse();

        assertThat(options.scenarios()).containsExactly(Scenario.values());
        assertThat(options.extent()).isEqualTo(new Extent(5, 60_000, 500, false));
        assertThat(options.output()).isEqualTo(OUTPUT);
        assertThat(options.keep()).isFalse();
    }

    @Test
    void takesTheScenariosInTheOrderGiven() {
        assertThat(parse("--scenario", "c,a2").scenarios())
                .containsExactly(Scenario.C, Scenario.A2);
    }

    @Test
    void isShortWhenQuickAndStillDoesWhatItIsTold() {
        assertThat(parse("--quick", "--runs", "3").extent())
                .isEqualTo(new Extent(3, 8_000, 500, true));
    }

    @Test
    void saysWhichScenariosThereAre() {
        assertThatThrownBy(() -> parse("--scenario", "z"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--scenario: z (expected: a, a2, b, c, d, e, f or g)");
        for (var scenario : Scenario.values()) {
            assertThat(Options.help()).contains(scenario.title());
        }
    }

    @Test
    void refusesWhatItDoesNotKnowAndNumbersThatAreNone() {
        assertThatThrownBy(() -> parse("--fast"))
                .hasMessage("--fast: no such option, or no value (see --help)");
        assertThatThrownBy(() -> parse("--runs", "0"))
                .hasMessage("--runs: 0 (expected: a number > 0)");
    }

    private static Options parse(String... words) {
        return Options.parse(List.of(words), OUTPUT);
    }
}
