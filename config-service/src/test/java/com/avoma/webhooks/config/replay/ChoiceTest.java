package com.avoma.webhooks.config.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.DeliveryJob.Origin;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.config.deliverylog.LoggedDelivery;
import com.avoma.webhooks.config.deliverylog.Progress;
import com.avoma.webhooks.config.matchpreview.Candidate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoiceTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final UUID ACME = UUID.randomUUID();
    private static final UUID WEBHOOK = UUID.randomUUID();
    private static final UUID SALES = UUID.randomUUID();
    private static final UUID ANN = UUID.randomUUID();
    private static final String LETTERS = "delivery-dead-letters";

    private final Map<String, LoggedDelivery> known = new HashMap<>();

    @ParameterizedTest
    @CsvSource({
        "FAILED, DELIVERED,     false",
        "FAILED, DEAD_LETTERED, true",
        "FAILED, CANCELED,      false",
        "FAILED, RETRY,         false",
        "ALL,    DELIVERED,     true",
        "ALL,    DEAD_LETTERED, true",
        "ALL,    CANCELED,      false",
        "ALL,    RETRY,         false"
    })
    void goesByWhatBecameOfADelivery(Only only, Verdict verdict, boolean wanted) {
        logged("a", verdict, new Position("delivery-jobs", 0, 1), null);

        var chosen = choice(only, Set.of()).of(List.of(found("a", 5, "AINOTE", "x")));

        assertThat(ids(chosen)).isEqualTo(wanted ? List.of("a") : List.of());
        assertThat(chosen.logged()).isEqualTo(wanted ? 1 : 0);
    }

    @Test
    void leavesWhatAPersonJustAskedFor() {
        logged("a", Verdict.DEAD_LETTERED, new Position(LETTERS, 0, 5), NOON.plusSeconds(60));

        assertThat(ids(choice(Only.FAILED, Set.of()).of(List.of(found("a", 5, "AINOTE", "x")))))
                .isEmpty();
        assertThat(ids(choice(Only.ALL, Set.of()).of(List.of(found("a", 5, "AINOTE", "x")))))
                .isEmpty();
    }

    @Test
    void takesTheLatestOfADeliverysDeadLetters() {
        logged("a", Verdict.DEAD_LETTERED, new Position(LETTERS, 0, 9), null);

        var chosen =
                choice(Only.FAILED, Set.of())
                        .of(List.of(found("a", 5, "AINOTE", "x"), found("a", 9, "AINOTE", "x")));

        assertThat(chosen.replayables())
                .extracting(one -> one.place().offset())
                .containsExactly(9L);
        assertThat(chosen.logged()).isEqualTo(1);
    }

    @Test
    void takesADeadLetterThatTheLogDoesNotKnow() {
        var chosen = choice(Only.FAILED, Set.of()).of(List.of(found("a", 5, "AINOTE", "x")));

        assertThat(ids(chosen)).containsExactly("a");
        assertThat(chosen.logged()).isZero();
    }

    @Test
    void matchesEventsThatTheWebhookNeverGot() {
        var all = choice(Only.ALL, Set.of(SALES));

        assertThat(
                        ids(
                                all.of(
                                        List.of(
                                                found("in", 1, "AINOTE", ANN.toString()),
                                                found("stranger", 2, "AINOTE", "x"),
                                                found(
                                                        "nobody",
                                                        3,
                                                        "AINOTE",
                                                        UUID.randomUUID().toString()),
                                                found(
                                                        "other",
                                                        4,
                                                        "MEETING_BOOKED_VIA_SCHEDULER",
                                                        ANN.toString())))))
                .containsExactly("in");
    }

    @Test
    void sendsWhatWasDeliveredAgainWhoeverWouldGetItNow() {
        logged("a", Verdict.DELIVERED, new Position("delivery-jobs", 0, 1), null);

        var chosen =
                choice(Only.ALL, Set.of(SALES))
                        .of(List.of(found("a", 1, "MEETING_BOOKED_VIA_SCHEDULER", "x")));

        assertThat(ids(chosen)).containsExactly("a");
    }

    @Test
    void takesAnEventThatWasPublishedTwiceOnce() {
        var chosen =
                choice(Only.ALL, Set.of())
                        .of(List.of(found("a", 1, "AINOTE", "x"), found("a", 2, "AINOTE", "x")));

        assertThat(ids(chosen)).containsExactly("a");
    }

    @Test
    void keepsTheOrder() {
        var chosen =
                choice(Only.ALL, Set.of())
                        .of(
                                List.of(
                                        found("c", 1, "AINOTE", "x"),
                                        found("a", 2, "AINOTE", "x"),
                                        found("b", 3, "AINOTE", "x")));

        assertThat(ids(chosen)).containsExactly("c", "a", "b");
    }

    private Choice choice(Only only, Set<UUID> teams) {
        return new Choice(
                only,
                new Candidate(TriggerEvent.AINOTE, true, teams),
                known,
                Map.of(ANN, Set.of(SALES)));
    }

    private void logged(String id, Verdict verdict, Position body, @Nullable Instant requestedAt) {
        var step = new Progress.Step(NOON, verdict, null, body);
        known.put(
                id,
                new LoggedDelivery(
                        ACME,
                        id,
                        NOON,
                        WEBHOOK,
                        "evt",
                        "/m",
                        "AINOTE",
                        false,
                        new Progress(null, requestedAt, null, step)));
    }

    private static Replayable found(String id, long offset, String type, String user) {
        var job =
                new DeliveryJob(
                        id,
                        ACME,
                        WEBHOOK,
                        0,
                        "evt",
                        "/m",
                        type,
                        NOON,
                        user,
                        1,
                        null,
                        Origin.RECOVERY,
                        null,
                        Payload.of("{}"));
        return new Replayable(job, new Position(LETTERS, 0, offset));
    }

    private static List<String> ids(Choice.Chosen chosen) {
        return chosen.replayables().stream().map(one -> one.job().messageId()).toList();
    }
}
