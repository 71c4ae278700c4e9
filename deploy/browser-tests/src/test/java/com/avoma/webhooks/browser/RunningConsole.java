package com.avoma.webhooks.browser;

import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.config.ConfigApplication;
import com.avoma.webhooks.testing.OpenIdProvider;
import com.avoma.webhooks.testing.TestBroker;
import com.avoma.webhooks.testing.TestDatabase;
import com.avoma.webhooks.testing.TestTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.InMemoryWebSessionStore;
import org.springframework.web.server.session.WebSessionManager;

/// The real service. It ends with the JVM, for all tests share it: each class has a [Customer] of
/// its own.
final class RunningConsole {
    private final String prefix = TestTopics.prefix();
    private final TestDatabase database = TestDatabase.fresh();
    private final ConfigurableApplicationContext context;

    private RunningConsole(List<String> login) {
        var arguments = new ArrayList<>(login);
        arguments.addAll(
                List.of(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--management.server.port=0",
                        "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
                        "--spring.r2dbc.url=" + database.r2dbcUrl(),
                        "--spring.r2dbc.username=" + database.username(),
                        "--spring.r2dbc.password=" + database.password(),
                        "--spring.flyway.url=" + database.jdbcUrl(),
                        "--webhooks.topics.prefix=" + prefix,
                        "--webhooks.topics.partitions=3",
                        "--webhooks.secrets.keyset=" + SecretCipher.newKeyset(),
                        // patient: a machine that builds something else beside it is slow
                        "--webhooks.publication.patience=20s",
                        // slow enough to be watched
                        "--webhooks.recovery.rate=2"));
        context =
                new SpringApplicationBuilder(ConfigApplication.class, BrokenPageController.class)
                        .web(WebApplicationType.REACTIVE)
                        .run(arguments.toArray(String[]::new));
    }

    /// The provider where admins sign in, and the one console that it is of.
    static final class WithProvider {
        static final OpenIdProvider PROVIDER = provider();
        static final RunningConsole CONSOLE = new RunningConsole(PROVIDER.arguments());

        private WithProvider() {}

        private static OpenIdProvider provider() {
            try {
                return new OpenIdProvider();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// The console of the quickstart, with its built-in login.
    static final class Quickstart {
        static final String USERNAME = "ada";
        static final String PASSWORD = "correct horse battery staple";
        static final UUID ORGANIZATION = UUID.randomUUID();
        static final RunningConsole CONSOLE =
                new RunningConsole(
                        List.of(
                                "--spring.profiles.active=quickstart",
                                "--webhooks.console.username=" + USERNAME,
                                "--webhooks.console.password=" + PASSWORD,
                                "--webhooks.console.organization=" + ORGANIZATION));

        private Quickstart() {}
    }

    String address() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    /// Where its topics are.
    String prefix() {
        return prefix;
    }

    /// Makes what failed before now count against a webhook, as if it had been there all the time.
    void wasAlwaysThere(UUID webhook) {
        try (var connection = DriverManager.getConnection(database.jdbcUrl());
                var statement = connection.createStatement()) {
            statement.execute("set webhooks.scope = 'every:test'");
            statement.execute(
                    "update webhooks set failures_since = '2020-01-01T00:00:00Z' where uuid = '%s'"
                            .formatted(webhook));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Sets the clock by which sessions end.
    void sessionsAreOlderBy(Duration age) {
        var manager = (DefaultWebSessionManager) context.getBean(WebSessionManager.class);
        var store = (InMemoryWebSessionStore) manager.getSessionStore();
        store.setClock(Clock.offset(Clock.systemUTC(), age));
    }
}
