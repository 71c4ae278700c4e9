package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NoDirectoryRecordHoldsUpTheOthersIT {
    private static RunningService service;

    @BeforeAll
    static void starts() {
        service = RunningService.start(RunningService.Parts.fresh());
    }

    @AfterAll
    static void stops() {
        service.close();
    }

    /// More than an index of PostgreSQL takes, and of letters that do not compress.
    @Test
    void howeverLongATeamsNameIs() {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);
        var random = new Random(7);
        var end =
                random.ints(9_000, 'a', 'z')
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
        var same = "Long ".repeat(30);
        acme.joins(same + end);
        acme.joins(same + "and short");
        acme.joins("Zeta");

        await().atMost(Duration.ofSeconds(10)).until(() -> acme.hasTeams(4));
        List<String> names = new ArrayList<>();
        var path = "/v1/teams/?limit=1";
        while (!path.isEmpty()) {
            var page = service.get(acme.admin(), path).json();
            names.add(page.path("results").get(0).path("name").asString());
            path = page.path("next").isNull() ? "" : page.path("next").asString();
        }
        assertThat(names)
                .containsExactlyInAnyOrder(same + end, same + "and short", "Sales", "Zeta")
                .endsWith("Sales", "Zeta");
    }

    @Test
    void thoughPostgresRefusesIt() throws SQLException {
        var acme = TestOrganization.of(service, Plan.ORGANIZATION);
        DatabaseDump.execute(
                service.database,
                "alter table directory_teams add constraint harmless check (name <> 'refused')");

        for (int i = 0; i < 20; i++) {
            acme.joins(i % 5 == 0 ? "refused" : "Team " + i);
        }
        acme.becomes(Plan.STARTUP);

        await().atMost(Duration.ofSeconds(10)).until(() -> acme.hasTeams(1 + 16));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(acme.webhook("AINOTE", "https://example.com/").status())
                                .isEqualTo(400));
    }
}
