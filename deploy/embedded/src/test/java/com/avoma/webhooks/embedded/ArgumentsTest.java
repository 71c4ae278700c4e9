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

    @ParameterizedTest
    @CsvSource({
        "'--port 9092', --data is missing",
        "'--data', --data has no value",
        "'--data d --port x', --port: x",
        "'--data d --verbose', --verbose"
    })
    void namesTheArgumentThatIsWrong(String words, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.parse(List.of(words.split(" "))))
                .withMessageContaining(named);
    }
}
