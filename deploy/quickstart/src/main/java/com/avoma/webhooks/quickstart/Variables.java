package com.avoma.webhooks.quickstart;

import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.directory.Team;
import com.avoma.webhooks.quickstart.Options.Port;
import com.avoma.webhooks.quickstart.identity.Installation;
import com.avoma.webhooks.quickstart.process.Part;
import com.avoma.webhooks.quickstart.process.Parts;
import com.avoma.webhooks.quickstart.seed.Cast;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The content of the environment file, in the order in which it is written.
final class Variables {
    private final Map<String, String> all = new LinkedHashMap<>();

    Map<String, String> all() {
        return all;
    }

    Variables addresses(Options options) {
        all.put("WEBHOOKS_API_URL", http(options, Port.HTTP));
        all.put("KAFKA_BOOTSTRAP_SERVERS", Launches.bootstrapServers(options));
        all.put(
                "POSTGRES_URL",
                "postgresql://%s:%s@%s:%d/%s"
                        .formatted(
                                Launches.DATABASE_ROLE,
                                Launches.DATABASE_ROLE,
                                Launches.HOST,
                                options.port(Port.POSTGRES),
                                Launches.DATABASE_ROLE));
        all.put("CONFIG_MANAGEMENT_URL", http(options, Port.CONFIG_MANAGEMENT));
        all.put("DISPATCHER_MANAGEMENT_URL", http(options, Port.DISPATCHER_MANAGEMENT));
        all.put("DELIVERY_MANAGEMENT_URL", http(options, Port.DELIVERY_MANAGEMENT));
        return this;
    }

    Variables callers(Seeding.Credentials credentials, Installation installation) {
        all.put("WEBHOOKS_API_KEY", credentials.apiKey());
        all.put("WEBHOOKS_OTHER_API_KEY", credentials.otherApiKey());
        all.put("WEBHOOKS_ADMIN_TOKEN", credentials.adminToken());
        all.put("WEBHOOKS_MEMBER_TOKEN", credentials.memberToken());
        all.put("WEBHOOKS_CONSOLE_USERNAME", Installation.CONSOLE_USERNAME);
        all.put("WEBHOOKS_CONSOLE_PASSWORD", installation.consolePassword());
        return this;
    }

    Variables organizations(Cast first, Cast other) {
        all.put("ORGANIZATION_UUID", first.organization().uuid().toString());
        all.put("TEAM_UUIDS", joined(first.teams(), Team::uuid));
        all.put("USER_UUIDS", joined(first.members(), Member::uuid));
        all.put("OTHER_ORGANIZATION_UUID", other.organization().uuid().toString());
        return this;
    }

    Variables certificates(Installation installation) {
        var tls = installation.tls();
        all.put("TLS_CA", tls.authority().toString());
        all.put("TLS_CA_KEY", tls.authorityKey().toString());
        all.put("TLS_CERTIFICATE", tls.certificate().toString());
        all.put("TLS_KEY", tls.key().toString());
        return this;
    }

    Variables processes(Options options, Parts parts, Scripts scripts) {
        for (var part : List.of(Part.values()).reversed()) {
            if (part == Part.KAFKA && !options.startsKafka()) {
                continue;
            }
            parts.run().pid(part).ifPresent(pid -> all.put(part.pidVariable(), "" + pid));
            all.put(part.restartVariable(), scripts.restart(part));
        }
        return this;
    }

    static String http(Options options, Port port) {
        return "http://" + Launches.HOST + ":" + options.port(port);
    }

    private static <T> String joined(List<T> items, Function<T, ?> uuid) {
        return items.stream().map(uuid).map(Object::toString).collect(Collectors.joining(" "));
    }
}
