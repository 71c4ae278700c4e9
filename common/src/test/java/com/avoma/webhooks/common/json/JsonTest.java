package com.avoma.webhooks.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.attempt.AttemptRecord.Outcome;
import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.attempt.AttemptRecord.Timings;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.decision.RoutingDecision.Decision;
import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.secret.SealedText;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot.SigningSecret;
import com.avoma.webhooks.common.subscription.Subscription;
import com.avoma.webhooks.common.subscription.Subscription.ClientCertificate;
import com.avoma.webhooks.common.subscription.Subscription.CustomHeader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// What the records look like on their topics; other services, of other versions, read it.
class JsonTest {
    private static final UUID ORGANIZATION = new UUID(0, 1);
    private static final UUID WEBHOOK = new UUID(0, 2);
    private static final UUID TEAM = new UUID(0, 3);
    private static final Instant TIME = Instant.parse("2026-10-15T15:42:07.120Z");
    private static final Position POSITION = new Position("delivery-jobs", 3, 42);

    private static final AttemptRecord REFUSED =
            attempt(
                    Outcome.REFUSED,
                    503,
                    null,
                    "HTTP 503",
                    new Timings(1L, 2L, null, 4L),
                    Verdict.RETRY,
                    TIME.plusSeconds(300));
    private static final AttemptRecord CANCELED =
            attempt(null, null, null, null, null, Verdict.CANCELED, null);

    private static final String REFUSED_JSON =
            """
            {"message_id": "msg_1",
             "organization_uuid": "00000000-0000-0000-0000-000000000001",
             "webhook_uuid": "00000000-0000-0000-0000-000000000002",
             "event_id": "e-1", "event_source": "/meetings", "event_type": "AINOTE",
             "event_time": "2026-10-15T15:42:07.120Z", "number": 1,
             "started_at": "2026-10-15T15:42:07.120Z", "outcome": "refused", "status_code": 503,
             "failure": null, "detail": "HTTP 503", "duration_ms": 212,
             "timings": {"dns_ms": 1, "connect_ms": 2, "tls_ms": null, "first_byte_ms": 4},
             "response_excerpt": "busy 🙂", "target_url": "https://example.com/hook",
             "manual": false, "test": false,
             "certificate_expires_at": null, "verdict": "retry", "reason": null, "next_attempt_at": "2026-10-15T15:47:07.120Z",
             "job": {"topic": "delivery-jobs", "partition": 3, "offset": 42}}
            """;

    private static final RoutingDecision DECISION =
            new RoutingDecision(
                    ORGANIZATION,
                    "e-1",
                    "/meetings",
                    "AINOTE",
                    "user-1",
                    TIME,
                    TIME.plusMillis(5),
                    7,
                    Set.of(TEAM),
                    new Position("meeting-events", 0, 9),
                    List.of(
                            new Decision(WEBHOOK, true, Reason.MATCHED, "msg_1"),
                            new Decision(TEAM, false, Reason.OUT_OF_SCOPE, null)));

    private static final String DECISION_JSON =
            """
            {"organization_uuid": "00000000-0000-0000-0000-000000000001", "event_id": "e-1",
             "event_source": "/meetings", "event_type": "AINOTE", "user_uuid": "user-1",
             "time": "2026-10-15T15:42:07.120Z", "decided_at": "2026-10-15T15:42:07.125Z",
             "config_revision": 7, "user_teams": ["00000000-0000-0000-0000-000000000003"],
             "event": {"topic": "meeting-events", "partition": 0, "offset": 9},
             "decisions": [
                {"webhook_uuid": "00000000-0000-0000-0000-000000000002", "matched": true,
                 "reason": "matched", "message_id": "msg_1"},
                {"webhook_uuid": "00000000-0000-0000-0000-000000000003", "matched": false,
                 "reason": "out_of_scope", "message_id": null}]}
            """;

    private static final OrganizationSnapshot SNAPSHOT =
            new OrganizationSnapshot(
                    ORGANIZATION,
                    7,
                    TIME,
                    List.of(
                            new SigningSecret(new SealedText("bmV3"), null),
                            new SigningSecret(new SealedText("b2xk"), TIME)),
                    List.of(
                            new Subscription(
                                    WEBHOOK,
                                    "AINOTE",
                                    "https://example.com/hook",
                                    true,
                                    Set.of(TEAM),
                                    List.of(
                                            new CustomHeader("X-Plain", "yes", null),
                                            new CustomHeader(
                                                    "Authorization",
                                                    null,
                                                    new SealedText("c2VhbGVk"))),
                                    new ClientCertificate("PEM", new SealedText("a2V5")))));

    private static final String SNAPSHOT_JSON =
            """
            {"organization_uuid": "00000000-0000-0000-0000-000000000001", "revision": 7,
             "published_at": "2026-10-15T15:42:07.120Z",
             "signing_secrets": [{"text": "bmV3", "until": null},
                                 {"text": "b2xk", "until": "2026-10-15T15:42:07.120Z"}],
             "webhooks": [
                {"uuid": "00000000-0000-0000-0000-000000000002", "event_type": "AINOTE",
                 "target_url": "https://example.com/hook", "active": true,
                 "team_uuids": ["00000000-0000-0000-0000-000000000003"],
                 "headers": [{"name": "X-Plain", "value": "yes", "secret": null},
                             {"name": "Authorization", "value": null, "secret": "c2VhbGVk"}],
                 "client_certificate": {"certificates": "PEM", "private_key": "a2V5"}}]}
            """;

    @Test
    void writesAnAttemptInSnakeCaseWithLowerCaseOutcomes() {
        assertThat(tree(Json.write(REFUSED))).isEqualTo(tree(utf8(REFUSED_JSON)));
        assertThat(Json.read(utf8(REFUSED_JSON), AttemptRecord.class)).isEqualTo(REFUSED);
    }

    @Test
    void bringsAnAttemptBackThatWasNotMade() {
        assertThat(Json.read(Json.write(CANCELED), AttemptRecord.class)).isEqualTo(CANCELED);
        assertThat(tree(Json.write(CANCELED)).get("outcome").isNull()).isTrue();
    }

    @Test
    void writesARoutingDecision() {
        assertThat(tree(Json.write(DECISION))).isEqualTo(tree(utf8(DECISION_JSON)));
        assertThat(Json.read(utf8(DECISION_JSON), RoutingDecision.class)).isEqualTo(DECISION);
    }

    @Test
    void writesASnapshot() {
        assertThat(tree(Json.write(SNAPSHOT))).isEqualTo(tree(utf8(SNAPSHOT_JSON)));
        assertThat(Json.read(utf8(SNAPSHOT_JSON), OrganizationSnapshot.class)).isEqualTo(SNAPSHOT);
    }

    @Test
    void writesEveryEnumInLowerCase() {
        for (var type : List.of(Outcome.class, Failure.class, Verdict.class, Reason.class)) {
            var written =
                    Arrays.stream(type.getEnumConstants())
                            .map(constant ->
                                    new String(Json.write(constant), StandardCharsets.UTF_8));
            var expected =
                    Arrays.stream(type.getEnumConstants())
                            .map(constant ->
                                    '"' + constant.toString().toLowerCase(Locale.ROOT) + '"')
                            .toList();
            assertThat(written).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void ignoresFieldsThatANewerVersionAdded() {
        assertThat(Json.read(newer(REFUSED_JSON), AttemptRecord.class)).isEqualTo(REFUSED);
        assertThat(Json.read(newer(DECISION_JSON), RoutingDecision.class)).isEqualTo(DECISION);
        assertThat(Json.read(newer(SNAPSHOT_JSON), OrganizationSnapshot.class)).isEqualTo(SNAPSHOT);
    }

    @Test
    void takesAbsentFieldsForNull() {
        var json =
                """
                {"uuid": "00000000-0000-0000-0000-000000000002",
                 "organization_uuid": "00000000-0000-0000-0000-000000000001", "role": "ADMIN"}
                """;

        var member = Json.read(utf8(json), Member.class);

        assertThat(member)
                .isEqualTo(new Member(WEBHOOK, ORGANIZATION, null, Member.Role.ADMIN, null));
        assertThat(member.teams()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "\"text\"",
                "{\"uuid\": \"nonsense\"}",
                "{\"role\": \"KING\"}",
                "{\"team_uuids\": 7}"
            })
    void namesTheTypeOfARecordThatIsNotOne(String json) {
        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> Json.read(utf8(json), Member.class))
                .withMessageStartingWith("Member: ");
    }

    @Test
    void readsAnAttemptOfAVersionThatKnewNoTests() {
        var older =
                new String(Json.write(REFUSED), StandardCharsets.UTF_8)
                        .replace("\"test\":false,", "")
                        .replace("\"certificate_expires_at\":null,", "")
                        .replace("\"reason\":null,", "");

        assertThat(older).doesNotContain("test", "certificate", "reason");
        assertThat(Json.read(utf8(older), AttemptRecord.class)).isEqualTo(REFUSED);
    }

    private static AttemptRecord attempt(
            Outcome outcome,
            Integer statusCode,
            Failure failure,
            String detail,
            Timings timings,
            Verdict verdict,
            Instant nextAttemptAt) {
        return new AttemptRecord(
                "msg_1",
                ORGANIZATION,
                WEBHOOK,
                "e-1",
                "/meetings",
                "AINOTE",
                TIME,
                1,
                TIME,
                outcome,
                statusCode,
                failure,
                detail,
                212,
                timings,
                "busy 🙂",
                "https://example.com/hook",
                false,
                false,
                null,
                verdict,
                null,
                nextAttemptAt,
                POSITION);
    }

    private static byte[] newer(String json) {
        return utf8(json.replace("{", "{\"added_later\": {\"a\": [1]}, "));
    }

    private static JsonNode tree(byte[] json) {
        return new ObjectMapper().readTree(json);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
