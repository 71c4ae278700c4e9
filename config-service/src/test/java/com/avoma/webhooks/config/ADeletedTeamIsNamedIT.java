package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ADeletedTeamIsNamedIT {
    private final RunningService service = RunningService.shared();
    private final TestOrganization acme = TestOrganization.of(service, Plan.ENTERPRISE);

    @Test
    void saysWhichOfItsTeamsAreGoneAndCanStillBeEdited() {
        var gone = acme.joins("Gone");
        await().atMost(Duration.ofSeconds(10)).until(() -> acme.hasTeams(2));
        var created =
                service.post(
                        acme.admin(),
                        "/v1/webhooks/",
                        """
                        {"event_type":"AINOTE","target_url":"https://example.com/",
                         "teams":["%s","%s"]}
                        """
                                .formatted(acme.team(), gone));
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        assertThat(created.json().path("deleted_teams").toString()).isEqualTo("[]");
        var path = "/v1/webhooks/" + created.text("uuid") + "/";

        acme.dissolves(gone);
        await().atMost(Duration.ofSeconds(10)).until(() -> acme.hasTeams(1));

        var read = service.get(acme.admin(), path).json();
        assertThat(read.path("teams")).isEqualTo(created.json().path("teams"));
        assertThat(read.path("deleted_teams").toString()).isEqualTo("[\"" + gone + "\"]");
        assertThat(service.get(acme.admin(), "/v1/webhooks/").json().path("results").get(0))
                .isEqualTo(read);

        var renamed = service.patch(acme.admin(), path, "{\"name\":\"Renamed\"}");
        assertThat(renamed.status()).isEqualTo(200);
        assertThat(renamed.json().path("deleted_teams").toString()).isEqualTo("[\"" + gone + "\"]");
        assertThat(service.snapshots(acme).getLast().webhooks().getFirst().teamUuids())
                .as("a scope of deleted teams stays a scope, and is not everybody")
                .containsExactlyInAnyOrder(acme.team(), gone);

        var again =
                service.patch(
                        acme.admin(),
                        path,
                        "{\"teams\":[\"%s\",\"%s\"]}".formatted(acme.team(), gone));
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.text("detail")).isEqualTo("teams: no team is " + gone);

        var mended = service.patch(acme.admin(), path, "{\"teams\":[\"" + acme.team() + "\"]}");
        assertThat(mended.json().path("deleted_teams").toString()).isEqualTo("[]");
    }
}
