package com.avoma.webhooks.config.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcNonTransientResourceException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.r2dbc.UncategorizedR2dbcException;

class WebConfigurationTest {
    @ParameterizedTest
    @CsvSource({
        "25006, read only, true",
        "53100, disk full, true",
        "53300, too many connections, false",
        "57P01, shut down, false",
        "23505, duplicate, false",
        "'', nothing known, false"
    })
    void tellsADatabaseThatTakesNothingFromOneThatIsAway(
            String state, String reason, boolean takesNothing) {
        var fault = new R2dbcNonTransientResourceException(reason, state);
        assertThat(WebConfiguration.takesNothing(fault)).isEqualTo(takesNothing);
        assertThat(
                        WebConfiguration.takesNothing(
                                new UncategorizedR2dbcException("update", "sql", fault)))
                .isEqualTo(takesNothing);
    }
}
