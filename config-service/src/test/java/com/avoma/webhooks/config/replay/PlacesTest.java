package com.avoma.webhooks.config.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.config.replay.Places.Stretch;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final Places places = new Places(Map.of(0, new Stretch(3, 10), 1, new Stretch(7, 7)));

    @Test
    void areReadWhereEveryPartitionIs() {
        assertThat(places.areRead()).isFalse();
        assertThat(places.at(Map.of(0, 9L)).areRead()).isFalse();
        assertThat(places.at(Map.of(0, 10L)).areRead()).isTrue();
        assertThat(places.at(Map.of(0, 12L)).areRead()).isTrue();
        assertThat(new Places(Map.of()).areRead()).isTrue();
    }

    @Test
    void neverGoBack() {
        assertThat(places.at(Map.of(0, 8L)).at(Map.of(0, 4L)).partitions())
                .containsEntry(0, new Stretch(8, 10));
    }

    @Test
    void knowNoPartitionThatCameLater() {
        assertThat(places.at(Map.of(2, 5L))).isEqualTo(places);
    }

    @Test
    void surviveTheDatabase() {
        assertThat(Json.read(Json.write(places), Places.class)).isEqualTo(places);
    }
}
