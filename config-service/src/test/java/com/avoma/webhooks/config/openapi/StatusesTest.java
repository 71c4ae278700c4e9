package com.avoma.webhooks.config.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatusesTest {
    @Test
    void areThoseThatAnOperationCanAnswerWith() {
        assertThat(Statuses.of(false, false, false, false).keySet())
                .containsExactly(400, 401, 403, 429, 500, 503);
        assertThat(Statuses.of(true, true, true, true).keySet())
                .containsExactly(400, 401, 403, 404, 409, 412, 413, 415, 429, 500, 503);
        assertThat(Statuses.of(true, false, true, false).keySet())
                .contains(404, 412)
                .doesNotContain(409, 413, 415);
    }

    @Test
    void haveAnExampleOfEach() {
        for (int status : Statuses.of(true, true, true, true).keySet()) {
            var problem = Statuses.example(status);
            assertThat(problem.status()).isEqualTo(status);
            assertThat(problem.title()).isNotEqualTo("null");
            assertThat(problem.detail()).endsWith(status == 400 ? "200" : ".");
            assertThat(problem.errors()).hasSize(status == 400 ? 1 : 0);
        }
    }
}
