package com.avoma.webhooks.systemtests;

import static com.avoma.webhooks.systemtests.MeetingEventBuilder.aiNotes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An event that is published after a change was acknowledged is routed and sent under it: random
/// changes, an event after each, and what a naive model of the webhook says should have come.
class ChangesTakeEffectImmediatelyIT {
    private static final int ROUNDS = Integer.getInteger("system.rounds", 60);
    private static final String HEADER = "X-Tenant";

    private final Random random = Seeds.random(ChangesTakeEffectImmediatelyIT.class);
    private final Platform platform = Platform.shared();
    private final UUID user = UUID.randomUUID();
    private final Map<String, Expected> expected = new HashMap<>();
    private Receiver receiver;
    private String secret;

    // what the webhook is like at the moment; null: there is none
    private UUID webhook;
    private String path;
    private String header;
    private boolean active;
    private UUID scope;
    private UUID team;

    /// How an event is to come.
    private record Expected(String path, String header, String secret) {}

    @BeforeEach
    void starts() {
        receiver = platform.receiver();
        secret = platform.api().rotateSecret();
        move(null);
        // gets everything: once it has, the event was judged
        platform.api().addWebhook("AINOTE", receiver.url("/control"));
    }

    @AfterEach
    void stops() {
        platform.publishPlan("ENTERPRISE");
        platform.api().deleteWebhooks();
        receiver.close();
    }

    @Test
    void whateverChanges() {
        Map<String, Integer> changes = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            changes.merge(change(round), 1, Integer::sum);
            publish(round);
        }
        var came =
                receiver.deliveries().stream()
                        .filter(delivery -> !delivery.path().equals("/control"))
                        .toList();
        assertThat(came).extracting(Delivery::text).doesNotHaveDuplicates();
        assertThat(came.stream().map(Delivery::text).collect(Collectors.toSet()))
                .isEqualTo(expected.keySet());
        for (var delivery : came) {
            var as = expected.get(delivery.text());
            assertThat(delivery.path()).isEqualTo(as.path());
            assertThat(delivery.header(HEADER)).isEqualTo(as.header());
            assertThat(delivery.avomaSignatureIsValid(as.secret())).isTrue();
        }
        System.out.printf(
                "changes at once: %d rounds, %d events for the webhook and %d not, stale 0, missing"
                        + " 0; %s%n",
                ROUNDS, expected.size(), ROUNDS - expected.size(), changes);
        assertThat(expected.size()).isBetween(ROUNDS / 6, ROUNDS - ROUNDS / 6);
    }

    /// With a plan that has no webhooks, which switches off those that there are.
    @Test
    void aPlanToo() {
        platform.api().addWebhook("AINOTE", receiver.url("/before"));
        for (int round = 0; round < 10; round++) {
            platform.publishPlan("STARTUP");
            platform.publish(aiNotes().saying(body("without a plan " + round)));
        }
        // one that is judged later is judged under what holds then
        new Topics(platform.bootstrapServers()).awaitDispatched();
        Awaiting.until(
                "all of them to be inactive",
                () ->
                        platform.api()
                                .get("/v1/webhooks/")
                                .body()
                                .findValuesAsString("inactive_reason")
                                .equals(List.of("plan", "plan")));
        platform.publishPlan("ENTERPRISE");
        Awaiting.until(
                "the plan",
                () ->
                        platform.api()
                                        .post(
                                                "/v1/webhooks/",
                                                Map.of(
                                                        "event_type",
                                                        "AINOTE",
                                                        "target_url",
                                                        receiver.url("/after")))
                                        .status()
                                == 201);
        platform.publish(aiNotes().saying(body("with a plan")));
        receiver.awaitDelivery("/after", body("with a plan"));
        // those that the plan had switched off are back with it
        assertThat(receiver.deliveries())
                .extracting(Delivery::text)
                .containsOnly(body("with a plan"));
    }

    private static String body(String subject) {
        return "{\"event_type\":\"AINOTE\",\"subject\":\"" + subject + "\"}";
    }

    private void publish(int round) {
        var text = body("round " + round);
        platform.publish(aiNotes().by(user).saying(text));
        if (webhook != null && active && (scope == null || scope.equals(team))) {
            expected.put(text, new Expected(path, header, secret));
            receiver.awaitDelivery(path, text);
        }
        receiver.awaitDelivery("/control", text);
    }

    /// @return what changed
    private String change(int round) {
        if (webhook == null) {
            add(round);
            return "added";
        }
        switch (random.nextInt(8)) {
            case 0 -> {
                platform.api().deleteWebhook(webhook);
                webhook = null;
                return "deleted";
            }
            case 1 -> {
                path = "/" + round;
                edit(Map.of("target_url", receiver.url(path)));
                return "target_url";
            }
            case 2 -> {
                header = "round-" + round;
                edit(Map.of("headers", List.of(Map.of("name", HEADER, "value", header))));
                return "headers";
            }
            case 3 -> {
                active = !active;
                edit(Map.of("is_active", active));
                return "is_active";
            }
            case 4, 5 -> {
                scope = scope == null || random.nextBoolean() ? anyTeam() : null;
                edit(Map.of("teams", scope == null ? List.of() : List.of(scope)));
                return "teams";
            }
            case 6 -> {
                move(anyTeam());
                return "member";
            }
            default -> {
                secret = platform.api().rotateSecret();
                return "secret";
            }
        }
    }

    private void add(int round) {
        path = "/" + round;
        header = null;
        active = true;
        scope = null;
        webhook = platform.api().addWebhook("AINOTE", receiver.url(path));
    }

    private void edit(Map<String, Object> fields) {
        var answer = platform.api().call("PATCH", "/v1/webhooks/" + webhook + "/", fields);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    }

    /// Into a team, or into none.
    private void move(UUID to) {
        team = to;
        List<UUID> teams = new ArrayList<>();
        if (to != null) {
            teams.add(to);
        }
        platform.publishMember(user, teams.toArray(UUID[]::new));
    }

    private UUID anyTeam() {
        var teams = platform.teams();
        return teams.get(random.nextInt(Math.min(2, teams.size())));
    }
}
