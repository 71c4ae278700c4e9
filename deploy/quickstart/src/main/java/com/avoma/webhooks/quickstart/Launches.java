package com.avoma.webhooks.quickstart;

import com.avoma.webhooks.quickstart.Options.Port;
import com.avoma.webhooks.quickstart.data.DataDirectory;
import com.avoma.webhooks.quickstart.identity.Installation;
import com.avoma.webhooks.quickstart.identity.TokenIssuer;
import com.avoma.webhooks.quickstart.process.Launch;
import com.avoma.webhooks.quickstart.process.Part;
import com.avoma.webhooks.quickstart.seed.Cast;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How each part is started. What holds the parts together (addresses, keys) is passed as
/// arguments, which win over all else; what is only a suggestion goes into the environment, where
/// the user's own variables win.
final class Launches {
    static final String HOST = "127.0.0.1";

    /// Name, database and password of the services in PostgreSQL: on loopback it has no secrets to
    /// keep.
    static final String DATABASE_ROLE = "webhooks";

    /// Little memory and a fast start; a process that is out of memory ends and is seen to have
    /// ended; then what the libraries need on this JDK.
    private static final List<String> JVM_FLAGS =
            List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Dfile.encoding=UTF-8");

    private final Options options;
    private final DataDirectory data;
    private final Map<String, String> environment;
    private final String java;
    private final String classPath;

    /// @param environment the user's
    /// @param java the `java` command
    /// @param classPath of the quickstart itself
    Launches(
            Options options,
            DataDirectory data,
            Map<String, String> environment,
            String java,
            String classPath) {
        this.options = options;
        this.data = data;
        this.environment = Map.copyOf(environment);
        this.java = java;
        this.classPath = classPath;
    }

    Launch postgres() {
        return new Launch(
                Part.POSTGRES,
                List.of(),
                Map.of(),
                data.postgres().toString(),
                data.postgres().resolve("server.log").toString(),
                data.postgres().resolve("cluster").toString(),
                "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
                        .formatted(
                                HOST,
                                options.port(Port.POSTGRES),
                                DATABASE_ROLE,
                                DATABASE_ROLE,
                                DATABASE_ROLE));
    }

    Launch kafka() {
        return launch(
                Part.KAFKA,
                384,
                List.of(
                        "-cp",
                        classPath,
                        "com.avoma.webhooks.embedded.BrokerProcess",
                        "--data",
                        data.kafka().toString(),
                        "--port",
                        Integer.toString(options.port(Port.KAFKA))),
                Map.of(),
                "kafka://" + bootstrapServers());
    }

    Launch config(Path jar, Installation installation) {
        int management = options.port(Port.CONFIG_MANAGEMENT);
        var database = HOST + ":" + options.port(Port.POSTGRES) + "/" + DATABASE_ROLE;
        return service(
                Part.CONFIG,
                jar,
                management,
                List.of(
                        "--server.port=" + options.port(Port.HTTP),
                        "--management.server.address=" + HOST,
                        "--spring.r2dbc.url=r2dbc:postgresql://" + database,
                        "--spring.r2dbc.username=" + DATABASE_ROLE,
                        "--spring.flyway.url=jdbc:postgresql://" + database,
                        "--spring.flyway.user=" + DATABASE_ROLE,
                        keyset(installation),
                        "--spring.security.oauth2.resourceserver.jwt.public-key-location=file:"
                                + installation.tokens().publicKey(),
                        "--webhooks.security.issuer=" + TokenIssuer.ISSUER),
                Map.of(
                        "SPRING_R2DBC_PASSWORD",
                        DATABASE_ROLE,
                        "SPRING_FLYWAY_PASSWORD",
                        DATABASE_ROLE,
                        "WEBHOOKS_CONSOLE_USERNAME",
                        Installation.CONSOLE_USERNAME,
                        "WEBHOOKS_CONSOLE_PASSWORD",
                        installation.consolePassword(),
                        "WEBHOOKS_CONSOLE_ORGANIZATION",
                        Cast.first().organization().uuid().toString()));
    }

    Launch dispatcher(Path jar) {
        int management = options.port(Port.DISPATCHER_MANAGEMENT);
        return service(Part.DISPATCHER, jar, management, List.of(), Map.of());
    }

    Launch delivery(Path jar, Installation installation) {
        int management = options.port(Port.DELIVERY_MANAGEMENT);
        return service(
                Part.DELIVERY,
                jar,
                management,
                List.of(
                        keyset(installation),
                        "--spring.ssl.bundle.pem.receivers.truststore.certificate=file:"
                                + installation.tls().authority(),
                        "--webhooks.delivery.tls.trust-bundle=receivers"),
                Map.of());
    }

    String bootstrapServers() {
        return bootstrapServers(options);
    }

    static String bootstrapServers(Options options) {
        return options.startsKafka() ? HOST + ":" + options.port(Port.KAFKA) : options.kafka();
    }

    private Launch service(
            Part part,
            Path jar,
            int managementPort,
            List<String> settings,
            Map<String, String> variables) {
        List<String> rest = new ArrayList<>();
        // classes as an earlier run had parsed and linked them; written when a service ends
        rest.add("-XX:+AutoCreateSharedArchive");
        rest.add("-XX:SharedArchiveFile=" + data.services().resolve(part.title() + ".jsa"));
        rest.addAll(List.of("-Xlog:cds=off", "-Xlog:aot=off", "-jar", jar.toString()));
        rest.add("--spring.profiles.active=quickstart");
        rest.add("--server.address=" + HOST);
        rest.add("--management.server.port=" + managementPort);
        rest.add("--spring.kafka.bootstrap-servers=" + bootstrapServers());
        rest.addAll(settings);
        return launch(
                part,
                256,
                rest,
                variables,
                "http://%s:%d/actuator/health/readiness".formatted(HOST, managementPort));
    }

    private Launch launch(
            Part part,
            int heapMebibytes,
            List<String> rest,
            Map<String, String> variables,
            String ready) {
        // first, since only the beginning of a command line may be readable
        var mark = "-Dwebhooks.quickstart.part=" + part.id() + ":" + data.root();
        List<String> command = new ArrayList<>(List.of(java, mark, "-Xmx" + heapMebibytes + "m"));
        command.addAll(JVM_FLAGS);
        command.addAll(rest);
        Map<String, String> all = new HashMap<>();
        // one instance, whatever its host is called next time
        all.put("WEBHOOKS_DISPATCHER_INSTANCE_ID", "quickstart");
        all.putAll(environment);
        all.putAll(variables);
        return new Launch(
                part,
                command,
                all,
                data.root().toString(),
                data.logs().resolve(part.title() + ".log").toString(),
                mark,
                ready);
    }

    private static String keyset(Installation installation) {
        return "--webhooks.secrets.keyset=file:" + installation.keyset();
    }
}
