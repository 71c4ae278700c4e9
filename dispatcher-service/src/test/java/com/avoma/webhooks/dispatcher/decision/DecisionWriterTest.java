package com.avoma.webhooks.dispatcher.decision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import com.avoma.webhooks.common.json.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionWriterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "e-1",
                "a \"quoted\" \\ one",
                "Café 🎉 \u2028",
                "\b\t\n\f\r\u0000\u001f\u007f",
                "/meetings"
            })
    void writesWhatJsonWrites(String text) {
        var decision = decision(text, Set.of(new UUID(1, 2)), allReasons());
        assertThat(Json.read(DecisionWriter.write(decision), RoutingDecision.class))
                .isEqualTo(decision);
        assertThat(tree(DecisionWriter.write(decision))).isEqualTo(tree(Json.write(decision)));
    }

    @Test
    void writesNothingIntoEmptyLists() {
        var decision = decision("e", Set.of(), List.of());
        assertThat(new String(DecisionWriter.write(decision), UTF_8))
                .isEqualTo(new String(Json.write(decision), UTF_8));
    }

    @Test
    void writesEveryTeam() {
        var decision =
                decision("e", Set.of(new UUID(1, 2), new UUID(1, 3), new UUID(1, 4)), List.of());
        assertThat(Json.read(DecisionWriter.write(decision), RoutingDecision.class))
                .isEqualTo(decision);
    }

    private static Object tree(byte[] json) {
        return Json.read(json, Object.class);
    }

    private static List<RoutingDecision.Decision> allReasons() {
        return Arrays.stream(Reason.values())
                .map(reason ->
                        new RoutingDecision.Decision(
                                new UUID(4, reason.ordinal()),
                                reason == Reason.MATCHED,
                                reason,
                                reason == Reason.MATCHED ? "msg_01" : null))
                .toList();
    }

    private static RoutingDecision decision(
            String text, Set<UUID> teams, List<RoutingDecision.Decision> decisions) {
        return new RoutingDecision(
                new UUID(1, 1),
                text,
                text,
                "AINOTE",
                text,
                Instant.parse("2026-11-01T10:00:00Z"),
                Instant.parse("2026-11-01T10:00:00.123456789Z"),
                7,
                teams,
                new Position("meeting-events", 3, 99),
                decisions);
    }
}
