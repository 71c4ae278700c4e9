package com.avoma.webhooks.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// With `-Dconfiguration-page.write=true` it brings the page up to date.
class ConfigurationPageTest {
    @Test
    void hasEveryPropertyAsItsDocCommentSays() {
        var renewed = ConfigurationPage.renewed();
        if (Boolean.getBoolean("configuration-page.write")) {
            ConfigurationPage.write(renewed);
        }
        assertThat(ConfigurationPage.text())
                .as(
                        "docs/configuration.md; to bring it up to date:"
                                + " mvn verify -pl deploy/docker -am -DskipITs"
                                + " -Dtest=ConfigurationPageTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -Dconfiguration-page.write=true")
                .isEqualTo(renewed);
    }
}
