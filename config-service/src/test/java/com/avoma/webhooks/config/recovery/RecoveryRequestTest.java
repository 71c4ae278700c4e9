package com.avoma.webhooks.config.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.avoma.webhooks.config.replay.Only;
import com.avoma.webhooks.config.web.FieldError;
import com.avoma.webhooks.config.web.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoveryRequestTest {
    private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");

    @Test
    void takesEachField() {
        assertThat(
                        read(
                                """
                                {"since":"2026-03-01T01:00:00+01:00","until":"2026-03-01T12:00:00Z",
                                 "only":"all","dry_run":true}
                                """))
                .isEqualTo(
                        new RecoveryRequest(
                                Instant.parse("2026-03-01T00:00:00Z"),
                                Instant.parse("2026-03-01T12:00:00Z"),
                                Only.ALL,
                                true));
    }

    @Test
    void needsOnlyABeginning() {
        assertThat(read("{\"since\":\"2026-03-01T00:00:00Z\"}"))
                .isEqualTo(
                        new RecoveryRequest(
                                Instant.parse("2026-03-01T00:00:00Z"), NOW, Only.FAILED, false));
    }

    @Test
    void endsNow() {
        assertThat(
                        read("""
                        {"since":"2026-03-01T00:00:00Z","until":"2027-01-01T00:00:00Z"}
                        """)
                                .until())
                .isEqualTo(NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                                                      | since
                    {"since":null}                                                          | since
                    {"since":7}                                                             | since
                    {"since":"yesterday"}                                                   | since
                    {"since":"2026-03-01"}                                                  | since
                    {"since":"2026-03-01T00:00:00"}                                         | since
                    {"since":"-0001-03-01T00:00:00Z"}                                       | since
                    {"since":"2026-03-02T00:00:01Z"}                                        | since
                    {"since":"2026-03-02T00:00:00Z"}                                        | until
                    {"since":"2026-03-01T00:00:00Z","until":"2026-03-01T00:00:00Z"}         | until
                    {"since":"2026-03-01T00:00:00Z","until":"2026-02-01T00:00:00Z"}         | until
                    {"since":"2026-03-01T00:00:00Z","until":"soon"}                         | until
                    {"since":"2026-03-01T00:00:00Z","only":"some"}                          | only
                    {"since":"2026-03-01T00:00:00Z","only":7}                               | only
                    {"since":"2026-03-01T00:00:00Z","dry_run":"yes"}                        | dry_run
                    {"since":"2026-03-01T00:00:00Z","dryrun":true}                          | dryrun
                    {"since":"2026-03-01T00:00:00Z","sent":0}                               | sent
                    """)
    void namesTheFieldThatIsWrong(String json, String field) {
        var refused = catchThrowableOfType(RefusedException.class, () -> read(json));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errors()).extracting(FieldError::field).containsExactly(field);
    }

    private static RecoveryRequest read(String json) {
        return RecoveryRequest.read(json.getBytes(StandardCharsets.UTF_8), NOW);
    }
}
