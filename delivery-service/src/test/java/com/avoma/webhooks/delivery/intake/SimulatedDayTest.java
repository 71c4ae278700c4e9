package com.avoma.webhooks.delivery.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What the limits, the circuit and the ladder do in a day with an outage, a hang, a burst, a pause
/// of five seconds and an outage of a quiet hour is kept as text, so that a change of policy shows
/// what it changes. To write it anew: `-Dsimulation.write=true`.
class SimulatedDayTest {
    private static final Path KEPT = Path.of("src/test/resources/simulated-day.txt");

    @Test
    void doesWhatIsWritten() throws Exception {
        var report = String.join("\n", new SimulatedDay().run()) + "\n";

        System.out.print(report);
        if (Boolean.getBoolean("simulation.write")) {
            Files.writeString(KEPT, report);
        }
        assertThat(report).isEqualTo(Files.readString(KEPT));
    }
}
