package com.avoma.webhooks.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;

import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;

class TestPartsTest {
    @Test
    void takesContainersWhereAnEngineAnswers() {
        assertThat(TestParts.choose(null, () -> true))
                .isEqualTo(new TestParts.Choice(TestParts.CONTAINERS, "a Docker engine answers"));
    }

    @Test
    void takesTheEmbeddedPartsWhereNoEngineAnswers() {
        assertThat(TestParts.choose(null, () -> false))
                .isEqualTo(new TestParts.Choice(TestParts.EMBEDDED, "no Docker engine answers"));
    }

    @Test
    void doesAsItIsToldWithoutAskingForAnEngine() {
        assertThat(TestParts.choose("embedded", () -> fail("asked")).parts())
                .isEqualTo(TestParts.EMBEDDED);
        assertThat(TestParts.choose("containers", () -> fail("asked")).parts())
                .isEqualTo(TestParts.CONTAINERS);
    }

    @Test
    void refusesAnyOtherWord() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestParts.choose("podman", () -> true))
                .withMessage("WEBHOOKS_TEST_PARTS: podman (expected: containers or embedded)");
    }

    @Test
    void runsTheImageOfTheClientsVersion() {
        assertThat(TestBroker.IMAGE).endsWith(":" + AppInfoParser.getVersion());
    }
}
