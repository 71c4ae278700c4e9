package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ListsLeadThereAndBackIT {
    private static final String WEBHOOKS = "/v1/webhooks/";
    private static final String TEAMS = "/v1/teams/";

    private final RunningService service = RunningService.shared();
    private final TestOrganization acme = TestOrganization.of(service, Plan.ENTERPRISE);
    private final TestOrganization other = TestOrganization.of(service, Plan.ENTERPRISE);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void ofWebhooksOldestFirst(int limit) {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(acme.webhook("AINOTE", "https://example.com/" + i).text("uuid"));
            other.webhook("AINOTE", "https://example.com/" + i);
        }

        assertThat(thereAndBack(WEBHOOKS, limit, "uuid")).isEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void ofTeamsByNameInAnyCase(int limit) {
        for (var name : List.of("beta", "Alpha", "ZETA", "beta")) {
            acme.joins(name);
            other.joins(name);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> acme.hasTeams(5) && other.hasTeams(5));

        assertThat(thereAndBack(TEAMS, limit, "name"))
                .containsExactly("Alpha", "beta", "beta", "Sales", "ZETA");
    }

    @Test
    void knowNothingBehindWhatWasDeletedMeanwhile() {
        var first = acme.webhook("AINOTE", "https://example.com/1").text("uuid");
        acme.webhook("AINOTE", "https://example.com/2");
        var third = acme.webhook("AINOTE", "https://example.com/3").text("uuid");
        var one = list(WEBHOOKS + "?limit=1");
        var two = list(next(one));
        var three = list(next(two));
        service.delete(acme.admin(), WEBHOOKS + first + "/");
        service.delete(acme.admin(), WEBHOOKS + third + "/");

        var again = list(next(one));
        assertThat(again.path("results")).isEqualTo(two.path("results"));
        assertThat(again.path("count").asInt()).isEqualTo(1);
        assertThat(again.path("previous").isNull()).isTrue();
        assertThat(again.path("next").isNull()).isTrue();
        var back = list(previous(three));
        assertThat(back.path("results")).isEqualTo(two.path("results"));
        assertThat(back.path("previous").isNull()).isTrue();
        assertThat(back.path("next").isNull()).isTrue();
    }

    @Test
    void refuseCursorsThatNoneOfThemGave() {
        var texts =
                List.of(
                        "a0000000000000000001 not-a-uuid-but-as-long-as-one-is---",
                        "a9999999999999999999 00000000-0000-0000-0000-000000000000",
                        "a-000000000000000001 00000000-0000-0000-0000-000000000000",
                        "asales",
                        "asales\0x",
                        "asa\0les\0 00000000-0000-0000-0000-000000000000",
                        "a\ud800\0x");
        for (var text : texts) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            var cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            for (var path : List.of(WEBHOOKS, TEAMS)) {
                var answer = service.get(acme.admin(), path + "?cursor=" + cursor);
                assertThat(answer.status()).as("%s %s %s", path, text, answer).isEqualTo(400);
                assertThat(answer.json().path("errors").get(0).path("field").asString())
                        .isEqualTo("cursor");
            }
        }
    }

    @Test
    void takeTheLastPlacesThereAre() {
        acme.webhook("AINOTE", "https://example.com/1");
        var last = "a9223372036854775807 ffffffff-ffff-ffff-ffff-ffffffffffff";
        var cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes());

        var page = list(WEBHOOKS + "?cursor=" + cursor);

        assertThat(page.path("results").size()).isZero();
        assertThat(page.path("count").asInt()).isEqualTo(1);
    }

    /// Walks to the end and back, and holds that both ways show the same.
    private List<String> thereAndBack(String path, int limit, String field) {
        var page = list(path + "?limit=" + limit);
        int count = page.path("count").asInt();
        assertThat(page.path("previous").isNull()).isTrue();
        List<String> there = new ArrayList<>(texts(page, field));
        while (!page.path("next").isNull()) {
            page = list(next(page));
            assertThat(page.path("previous").isNull()).as("%s leads back", page).isFalse();
            there.addAll(texts(page, field));
        }
        List<String> back = new ArrayList<>(texts(page, field));
        while (!page.path("previous").isNull()) {
            page = list(previous(page));
            assertThat(page.path("next").isNull()).as("%s leads on", page).isFalse();
            back.addAll(0, texts(page, field));
        }
        assertThat(back).isEqualTo(there).hasSize(count);
        return there;
    }

    private JsonNode list(String path) {
        var answer = service.get(acme.admin(), path);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.json();
    }

    private String next(JsonNode page) {
        return page.path("next").asString().substring(service.address().length());
    }

    private String previous(JsonNode page) {
        return page.path("previous").asString().substring(service.address().length());
    }

    private static List<String> texts(JsonNode page, String field) {
        return page.path("results").values().stream()
                .map(item -> item.path(field).asString())
                .toList();
    }
}
