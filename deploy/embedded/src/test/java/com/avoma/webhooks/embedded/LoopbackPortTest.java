package com.avoma.webhooks.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoopbackPortTest {
    /// Among so many random ports of 22,768 there are about a dozen pairs.
    private static final int MANY = 750;

    @Test
    void givesEachPortOnce() {
        var ports = IntStream.range(0, MANY).mapToObj(_ -> LoopbackPort.free()).toList();

        assertThat(ports).doesNotHaveDuplicates();
    }

    @Test
    void givesNoPortThatAnOutgoingConnectionCouldHave() {
        var ports = IntStream.range(0, MANY).mapToObj(_ -> LoopbackPort.free()).toList();

        assertThat(ports).allMatch(port -> port >= 10_000 && port < 32_768);
    }

    @Test
    void saysWhoCannotHaveAPortThatSomebodyHas() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(StartFailedException.class)
                    .isThrownBy(() -> LoopbackPort.freeOr(taken.getLocalPort(), "Kafka"))
                    .withMessageContaining("port " + taken.getLocalPort() + " for Kafka");
        }
    }
}
