package com.avoma.webhooks.common.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyKeysTest {
    private static final Set<String> PREFIXES =
            Set.of("webhooks.delivery", "webhooks.topics", "webhooks.delivery.egress");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webhooks.topics.prefix",
                "webhooks.delivery",
                "webhooks.delivery.retry.delays[0]",
                "webhooks.delivery.egress.denied-networks",
                "webhooks.quickstart.part",
                "spring.webhooks.delivry",
                "webhooksx.delivery"
            })
    void knowsWhatIsBelowAPrefixAndWhatIsNotOurs(String key) {
        assertThat(PropertyKeys.unknown(List.of(key), PREFIXES)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webhooks",
                "webhooks.delivry.in-flight",
                "webhooks.deliveryx",
                "webhooks.topic.prefix",
                "webhooks.quickstarts",
                "webhooks[0]"
            })
    void doesNotKnowTheRest(String key) {
        assertThat(PropertyKeys.unknown(List.of(key), PREFIXES)).containsExactly(key);
    }

    @Test
    void namesEachOnceAndSaysWhatThereIs() {
        assertThatThrownBy(() ->
                        PropertyKeys.check(
                                List.of("webhooks.b", "webhooks.a", "webhooks.b"),
                                List.of("webhooks.topics", "webhooks.delivery")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "webhooks.a, webhooks.b: unknown"
                                + " (expected: below webhooks.delivery, webhooks.topics)");
    }
}
