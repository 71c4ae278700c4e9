package com.avoma.webhooks.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresBinariesTest {
    private static final List<String> ARCHIVES =
            List.of(
                    "postgres-linux-x86_64.txz",
                    "postgres-linux-arm_64.txz",
                    "postgres-darwin-x86_64.txz",
                    "postgres-darwin-arm_64.txz");

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, postgres-linux-x86_64.txz",
        "Linux, aarch64, postgres-linux-arm_64.txz",
        "Mac OS X, x86_64, postgres-darwin-x86_64.txz",
        "Mac OS X, aarch64, postgres-darwin-arm_64.txz"
    })
    void namesTheArchiveOfEachPlatform(String system, String architecture, String archive) {
        assertThat(PostgresBinaries.archiveName(system, architecture)).isEqualTo(archive);
    }

    @Test
    void bringsTheArchiveOfThisPlatformAndNoOther() {
        String own =
                PostgresBinaries.archiveName(
                        System.getProperty("os.name"), System.getProperty("os.arch"));
        Stream<String> present =
                ARCHIVES.stream()
                        .filter(name -> PostgresBinaries.class.getResource("/" + name) != null);
        assertThat(present).containsExactly(own);
    }
}
