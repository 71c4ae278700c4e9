package com.avoma.webhooks.config.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DoneTest {
    @Test
    void tellsOnlyWhatItKnows() {
        assertThat(Done.WEBHOOK_ADDED.at("/")).isEqualTo("/?done=webhook_added");
        assertThat(Done.text("webhook_added")).startsWith("The webhook is added");
        assertThat(Done.text("<script>")).isNull();
        assertThat(Done.text(null)).isNull();
    }
}
