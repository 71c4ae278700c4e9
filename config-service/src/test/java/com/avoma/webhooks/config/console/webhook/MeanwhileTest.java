package com.avoma.webhooks.config.console.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeanwhileTest {
    private static final Map<String, String> TEAMS = Map.of("a", "Sales", "b", "Support");

    private static WebhookForm form(
            String name, String event, String url, Set<String> teams, WebhookForm.Header... rows) {
        return new WebhookForm(
                null, 1, "", name, event, url, !teams.isEmpty(), teams, List.of(rows));
    }

    @Test
    void namesWhatIsNotTheSame() {
        var mine = form("Mine", "AINOTE", "https://a.example/", Set.of());
        var theirs =
                form(
                        "Theirs",
                        "MEETING_BOOKED_VIA_SCHEDULER",
                        "https://b.example/",
                        Set.of("a", "b", "c"),
                        new WebhookForm.Header("X-One", "1", false),
                        new WebhookForm.Header("X-Two", "", true));

        assertThat(Meanwhile.of(mine, theirs, TEAMS))
                .containsExactly(
                        Map.entry("name", "Theirs"),
                        Map.entry("event_type", "Meeting booked via scheduler"),
                        Map.entry("target_url", "https://b.example/"),
                        Map.entry("teams", "Sales, Support, a deleted team"),
                        Map.entry("headers", "X-One: 1, X-Two: a hidden value"));
        assertThat(Meanwhile.of(theirs, mine, TEAMS))
                .containsEntry("teams", "All members")
                .containsEntry("headers", "none");
    }

    @Test
    void namesNothingThatIsTheSame() {
        var mine =
                form(
                        "Mine",
                        "AINOTE",
                        "https://a.example/",
                        Set.of("a"),
                        new WebhookForm.Header("X-Two", "typed", true));
        var theirs =
                form(
                        "Mine",
                        "AINOTE",
                        "https://a.example/",
                        Set.of("a"),
                        new WebhookForm.Header("X-Two", "", true));

        assertThat(Meanwhile.of(mine, theirs, TEAMS)).isEmpty();
    }
}
