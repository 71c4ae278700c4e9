package com.avoma.webhooks.config.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorTextTest {
    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 429, 500, 503})
    void saysWhatToDo(int status) {
        var text = ErrorText.of(status, "That is so.");

        assertThat(text.title()).isNotBlank();
        assertThat(text.detail()).endsWith(".");
        assertThat(text.advice()).endsWith(".");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 500, 418})
    void tellsNobodyWhatIsInside(int status) {
        assertThat(ErrorText.of(status, "select * from x").detail()).doesNotContain("select");
    }
}
