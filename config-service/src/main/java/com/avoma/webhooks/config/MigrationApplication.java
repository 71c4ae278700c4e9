package com.avoma.webhooks.config;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;

/// Brings the database to this version's tables and ends: with exit status 0, or 1 and the reason.
/// Nothing but Flyway is started, so that neither Kafka nor a keyset has to be there.
///
/// For installations that migrate once before their instances are replaced, and start these with
/// `spring.flyway.enabled=false`. Not a component: the service's own scan must not find it.
@ImportAutoConfiguration(FlywayAutoConfiguration.class)
final class MigrationApplication {
    /// The argument that asks for it.
    static final String COMMAND = "migrate";

    private MigrationApplication() {}

    static void run(String[] args) {
        new SpringApplicationBuilder(MigrationApplication.class)
                .web(WebApplicationType.NONE)
                .run(args)
                .close();
    }
}
