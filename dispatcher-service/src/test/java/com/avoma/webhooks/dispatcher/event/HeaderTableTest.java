package com.avoma.webhooks.dispatcher.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeaderTableTest {
    private final HeaderTable table = new HeaderTable();

    @Test
    void knowsEveryHeaderOfMany() {
        for (int i = 0; i < 100; i++) {
            table.take("name-" + i, ("é" + i).getBytes(UTF_8));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(table.get("name-" + i)).isEqualTo("é" + i);
        }
        assertThat(table.get("name-100")).isNull();
    }

    @Test
    void holdsTheLastOfAName() {
        table.take("ce_id", "first".getBytes(UTF_8));
        table.take("ce_id", "last".getBytes(UTF_8));
        table.take("ce_source", null);
        assertThat(table.get("ce_id")).isEqualTo("last");
        assertThat(table.get("ce_source")).isNull();
    }

    @Test
    void aLastOneWithoutAValueHidesTheFormer() {
        table.take("ce_id", "first".getBytes(UTF_8));
        table.take("ce_id", null);
        assertThat(table.get("ce_id")).isNull();
    }
}
