package com.avoma.webhooks.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class AtExitIT {
    @Test
    void closesThePartsAfterTheSpringContextsAndTheLastOneFirst() throws Exception {
        assertThat(runAndExit(WithContext.class))
                .containsExactly("context closed", "second part closed", "first part closed");
    }

    @Test
    void closesThePartsWhereNoSpringContextEverStarted() throws Exception {
        assertThat(runAndExit(WithoutContext.class))
                .containsExactly("second part closed", "first part closed");
    }

    static final class WithoutContext {
        public static void main(String[] arguments) {
            AtExit.close(() -> System.out.println("first part closed"));
            AtExit.close(() -> System.out.println("second part closed"));
        }
    }

    static final class WithContext {
        public static void main(String[] arguments) {
            WithoutContext.main(arguments);
            SpringApplication application = new SpringApplication(Service.class);
            application.setWebApplicationType(WebApplicationType.NONE);
            application.run();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Service {
        @Bean
        AutoCloseable consumer() {
            return () -> System.out.println("context closed");
        }
    }

    private static List<String> runAndExit(Class<?> main) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName())
                        .redirectErrorStream(true)
                        .start();
        List<String> lines;
        try (Stream<String> output = process.inputReader().lines()) {
            lines = output.toList();
        }
        assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
        return lines.stream().filter(line -> line.endsWith(" closed")).toList();
    }
}
