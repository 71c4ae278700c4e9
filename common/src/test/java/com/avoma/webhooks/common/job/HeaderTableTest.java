package com.avoma.webhooks.common.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class HeaderTableTest {
    private final RecordHeaders headers = new RecordHeaders();

    @Test
    void knowsEveryHeaderOfMany() {
        for (int i = 0; i < 100; i++) {
            headers.add("name-" + i, ("é" + i).getBytes(UTF_8));
        }
        var table = table();
        for (int i = 0; i < 100; i++) {
            assertThat(table.get("name-" + i)).isEqualTo("é" + i);
        }
        assertThat(table().get("name-100")).isNull();
    }

    @Test
    void holdsTheLastOfAName() {
        headers.add("ce_id", "first".getBytes(UTF_8));
        headers.add("ce_id", "last".getBytes(UTF_8));
        headers.add("ce_source", null);
        assertThat(table().get("ce_id")).isEqualTo("last");
        assertThat(table().get("ce_source")).isNull();
    }

    @Test
    void aLastOneWithoutAValueHidesTheFormer() {
        headers.add("ce_id", "first".getBytes(UTF_8));
        headers.add("ce_id", null);
        assertThat(table().get("ce_id")).isNull();
    }

    private HeaderTable table() {
        return JobRecord.table(headers);
    }
}
