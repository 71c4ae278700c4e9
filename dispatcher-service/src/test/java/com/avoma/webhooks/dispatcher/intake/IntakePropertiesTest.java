package com.avoma.webhooks.dispatcher.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.dispatcher.event.SchemaCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class IntakePropertiesTest {
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner()
                    .withUserConfiguration(Bound.class)
                    .withPropertyValues("webhooks.dispatcher.instance-id=a");

    @EnableConfigurationProperties({IntakeProperties.class, DispatcherProperties.class})
    static class Bound {}

    @Test
    void hasTheDefaultsOfTheDesign() {
        runner.run(context -> {
            assertThat(context.getBean(IntakeProperties.class))
                    .isEqualTo(new IntakeProperties(262_144, SchemaCheck.Mode.WARN, 200));
            assertThat(context.getBean(DispatcherProperties.class))
                    .isEqualTo(new DispatcherProperties("a", 2, 5_000, DataSize.ofMegabytes(16)));
        });
    }

    @Test
    void takesWhatIsSet() {
        runner.withPropertyValues(
                        "webhooks.events.largest-body=2048",
                        "webhooks.events.schema-validation=reject",
                        "webhooks.dispatcher.threads=4",
                        "webhooks.dispatcher.transaction-size=1MB")
                .run(context -> {
                    assertThat(context.getBean(IntakeProperties.class))
                            .isEqualTo(new IntakeProperties(2_048, SchemaCheck.Mode.REJECT, 200));
                    assertThat(context.getBean(DispatcherProperties.class))
                            .isEqualTo(
                                    new DispatcherProperties(
                                            "a", 4, 5_000, DataSize.ofMegabytes(1)));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webhooks.events.largest-body=1",
                "webhooks.events.schema-validation=perhaps",
                "webhooks.events.largest-bodies=2048",
                "webhooks.dispatcher.threads=0",
                "webhooks.dispatcher.transaction-records=0",
                "webhooks.dispatcher.instance-id=",
                "webhooks.dispatcher.thread=1"
            })
    void refusesWhatMakesNoSense(String property) {
        runner.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
    }
}
