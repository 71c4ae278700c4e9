package com.avoma.webhooks.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    @Test
    void takesDirectoryAndPortInAnyOrder() {
        assertThat(Arguments.parse(List.of("--port", "9092", "--data", "d")))
                .isEqualTo(new Arguments(Path.of("d"), 9092));
    }

    @Test
    void takesAnyFreePortWhereNoneIsGiven() {
        assertThat(Arguments.parse(List.of("--data", "d")).port()).isZero();
    }

    @Test
    void takesTheNodesOfACluster() {
        var parsed =
                BrokerArguments.parse(
                        List.of(
                                ("--data d --port 9092 --cluster id --voters 1,2,3 --node 2"
                                                + " --advertised-port 9")
                                        .split(" ")));
        assertThat(parsed.place()).isEqualTo(new Arguments(Path.of("d"), 9092));
        assertThat(parsed.node()).isEqualTo(new Node(2, List.of(1, 2, 3), "id", 9));
        assertThat(parsed.node().quorum()).isEqualTo("1@127.0.0.1:1,2@127.0.0.1:2,3@127.0.0.1:3");
        assertThat(parsed.node().replicas()).isEqualTo(3);
        assertThat(parsed.node().minimumInSync()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'--port 9092', --data is missing",
        "'--data', --data has no value",
        "'--data d --port x', --port: x",
        "'--data d --verbose', --verbose",
        "'--data d --node 2', --node: 2",
        "'--data d --cluster c', --cluster and --voters",
        "'--data d --cluster c --voters 1,x', --voters: x"
    })
    void namesTheArgumentThatIsWrong(String words, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerArguments.parse(List.of(words.split(" "))))
                .withMessageContaining(named);
    }
}
