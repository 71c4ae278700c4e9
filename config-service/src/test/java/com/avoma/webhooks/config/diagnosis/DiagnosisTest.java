package com.avoma.webhooks.config.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.attempt.AttemptRecord.Outcome;
import com.avoma.webhooks.common.attempt.AttemptRecord.Timings;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Timings NONE = new Timings(null, null, null, null);

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 299})
    void saysNothingOfWhatWasDelivered(int status) {
        assertThat(Diagnosis.of(answered(Outcome.DELIVERED, status, null, null))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    300 | put the final address, which its Location header gives, into target_url
                    301 | Redirects are never followed
                    302 | Redirects are never followed
                    304 | conditional requests
                    307 | Redirects are never followed
                    308 | Redirects are never followed
                    400 | compare it with the schema
                    401 | custom headers (Authorization, for instance)
                    402 | its log and the answer's body say why
                    403 | credentials in the webhook's custom headers
                    404 | nothing at the path of target_url
                    405 | does not take POST
                    406 | Accept
                    407 | proxy in front of it wants credentials
                    408 | raise its read time-out
                    409 | webhook-id that it has had
                    410 | the webhook was deactivated
                    413 | raise the limit to 256 KiB
                    414 | shorten it
                    415 | application/json
                    418 | its log and the answer's body say why
                    421 | does not serve this host name
                    422 | compare it with the schema
                    425 | early data
                    429 | Raise its rate limit
                    431 | shorten the webhook's custom headers
                    451 | a law
                    500 | failed on its own side
                    501 | does not implement POST
                    502 | A proxy in front of it got no usable answer
                    503 | overloaded or in maintenance
                    504 | waited for the application in vain
                    505 | HTTP/1.1
                    507 | no room
                    508 | in a loop
                    511 | wants a login
                    521 | content delivery network
                    599 | failed on its own side
                    600 | no status of HTTP
                    999 | no status of HTTP
                    """)
    void saysWhatAStatusAsksFor(int status, String advice) {
        var diagnosis =
                Diagnosis.of(
                        answered(
                                Outcome.REFUSED,
                                status,
                                "The receiver answered " + status + ".",
                                null));

        assertThat(diagnosis).startsWith("The receiver answered " + status + ". ").contains(advice);
        assertThat(diagnosis).containsOnlyOnce("The receiver answered");
        assertWellFormed(diagnosis);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    DNS             | The target's host name could not be resolved. | Look-up failed: | spelling of the host
                    BLOCKED_ADDRESS | The target's address is not permitted: 10.1.2.3 is refused: private use 10.0.0.0/8. | 10.1.2.3 is refused: private use 10.0.0.0/8. | public addresses only
                    BLOCKED_ADDRESS | The target's host is refused: non-canonical address. | Nothing was sent: | public addresses only
                    BLOCKED_ADDRESS | The egress proxy refused the target with status 403. | Nothing was sent: | public addresses only
                    BLOCKED_ADDRESS | The egress proxy refused the target with status 407. | Nothing was sent: | its operator has to mend it
                    CONNECT         | The connection was refused or has no route. | Connecting failed: | that the receiver runs
                    CONNECT         | The egress proxy could not connect to the target and answered 502. | Connecting failed: | that the receiver runs
                    CONNECT         | The egress proxy's name could not be resolved. | Nothing was sent: | its operator has to mend it
                    CONNECT         | The connection to the egress proxy was refused or has no route. | Nothing was sent: | its operator has to mend it
                    CONNECT         | The egress proxy does not speak HTTP. | Nothing was sent: | its operator has to mend it
                    CONNECT         | The egress proxy closed the connection. | Nothing was sent: | its operator has to mend it
                    TLS             | The receiver's certificate expired on 2026-02-28T23:59:59Z. | TLS failed: | Renew the certificate
                    TLS             | The receiver's certificate has expired. | TLS failed: | Renew the certificate
                    TLS             | The certificate of the receiver's issuer, CN=R3 expired on Earth, expired on 2026-02-28T23:59:59Z. | TLS failed: | Have the authority issue the certificate anew
                    TLS             | The receiver's certificate is not valid before 2026-04-01T00:00:00Z. | TLS failed: | certificate's dates
                    TLS             | The receiver's certificate is for another host: it names expired.example.com. | TLS failed: | host name that the certificate is for
                    TLS             | The receiver's certificate is not signed by a trusted authority: the chain that the receiver sends is incomplete, or CN=R3 is not trusted. | TLS failed: | whole chain
                    TLS             | The receiver's certificate is not signed by a trusted authority: its chain ends in CN=Incomplete Intermediate, which is not trusted. | TLS failed: | certificate of a public authority, and
                    TLS             | The receiver's certificate is self-signed, not signed by a trusted authority. | TLS failed: | a self-signed one is not accepted
                    TLS             | The receiver's certificate is not acceptable. | TLS failed: | TLS 1.2 or 1.3
                    TLS             | The receiver asks for a client certificate, or does not accept the one it got. | TLS failed: | Have the server do without one
                    TLS             | The receiver does not speak TLS 1.2 or 1.3. | TLS failed: | offer TLS 1.2 or 1.3
                    TLS             | The receiver's port does not speak TLS. | TLS failed: | HTTPS port
                    TLS             | The receiver refused the TLS handshake: no cipher suite in common, or it asks for a client certificate. | TLS failed: | current cipher suite
                    TLS             | The receiver does not know the host name that TLS asked for. | TLS failed: | the server is set up for it
                    TLS             | The receiver speaks neither HTTP/1.1 nor HTTP/2. | TLS failed: | ALPN
                    TLS             | The receiver refused the TLS handshake. | TLS failed: | client certificate
                    TLS             | The connection broke in the TLS handshake. | TLS failed: | client certificate
                    TIMEOUT         | No answer within 15000 ms, waiting for the look-up of the host name. | Time-out in the look-up: | name servers
                    TIMEOUT         | No connection within 5000 ms. | Time-out while connecting: | firewall lets this service
                    TIMEOUT         | No answer within 15000 ms, waiting for the connection. | Time-out while connecting: | firewall lets this service
                    TIMEOUT         | No answer within 15000 ms, waiting for the TLS handshake. | Time-out in the TLS handshake: | does not finish TLS
                    TIMEOUT         | No answer within 15000 ms, waiting for the status line and headers. | Time-out while waiting for the answer: | do the work afterwards
                    TIMEOUT         | No connection to the egress proxy within 5000 ms. | Nothing was sent: | its operator has to mend it
                    TIMEOUT         | The egress proxy did not open a tunnel within 5000 ms. | Nothing was sent: | its operator has to mend it
                    RESET           | The receiver closed the connection before it answered. | The connection broke: | cuts connections
                    RESET           | The receiver reset the stream with INTERNAL_ERROR. | The connection broke: | cuts connections
                    PROTOCOL        | The answer is not HTTP/1.1, or its headers are too long. | The answer could not be read: | speaks HTTP/1.1 or HTTP/2
                    PROTOCOL        | The answer is not HTTP/2, or its headers are too long. | The answer could not be read: | speaks HTTP/1.1 or HTTP/2
                    PROTOCOL        | A custom header is not valid in HTTP. | Nothing was sent: | Correct the webhook's custom headers
                    PROTOCOL        | The target is not an HTTPS URL. | Nothing was sent: | Correct target_url
                    """)
    void saysWhichPhaseFailedAndWhatToDo(
            Failure failure, String detail, String fact, String advice) {
        var diagnosis = Diagnosis.of(failed(failure, detail, NONE, null));

        assertThat(diagnosis).contains(detail).contains(fact).contains(advice);
        assertWellFormed(diagnosis);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void saysSomethingWithoutADetailToo(Failure failure) {
        assertWellFormed(Diagnosis.of(failed(failure, null, null, null)));
    }

    @Test
    void tellsThePhasesApart() {
        var all = new HashSet<String>();
        for (var failure : Failure.values()) {
            all.add(Objects.requireNonNull(Diagnosis.of(failed(failure, null, null, null))));
        }
        assertThat(all).hasSize(Failure.values().length);
    }

    @Test
    void namesTheDayOnWhichTheCertificateExpired() {
        var expired = Instant.parse("2026-02-28T23:59:59Z");

        assertThat(Diagnosis.of(failed(Failure.TLS, "The handshake failed.", NONE, expired)))
                .contains("It expired on 2026-02-28 (UTC).")
                .contains("Renew the certificate");
        assertThat(
                        Diagnosis.of(
                                failed(
                                        Failure.TLS,
                                        "The receiver's certificate expired on 2026-02-28.",
                                        NONE,
                                        expired)))
                .containsOnlyOnce("2026-02-28");
    }

    @Test
    void blamesACertificateThatIsStillValidForNothing() {
        var later = Instant.parse("2026-03-02T00:00:00Z");

        assertThat(
                        Diagnosis.of(
                                failed(
                                        Failure.TLS,
                                        "The receiver's certificate is for another host.",
                                        NONE,
                                        later)))
                .doesNotContain("expired");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    - | - | - | while waiting for the answer
                    3 | - | - | while connecting
                    3 | 9 | - | in the TLS handshake
                    3 | 9 | 7 | while waiting for the answer
                    """)
    void tellsThePhaseOfATimeoutFromTheTimingsToo(
            @Nullable Long dns, @Nullable Long connect, @Nullable Long tls, String phase) {
        var timings = new Timings(dns, connect, tls, null);

        assertThat(Diagnosis.of(failed(Failure.TIMEOUT, "Nothing came.", timings, null)))
                .startsWith("Time-out " + phase + ":");
    }

    @Test
    void saysThatTheConnectionItselfWasFine() {
        var detail = "No answer within 15000 ms, waiting for the status line and headers.";

        assertThat(
                        Diagnosis.of(
                                failed(
                                        Failure.TIMEOUT,
                                        detail,
                                        new Timings(3L, 9L, 30L, null),
                                        null)))
                .contains("The connection itself was up after 42 ms.");
    }

    @Test
    void givesTheFinalAddressOfARedirectWithoutItsSecrets() {
        var diagnosis =
                Diagnosis.of(
                        answered(
                                Outcome.REFUSED,
                                308,
                                "The receiver answered 308. It points to"
                                        + " https://user:pw@hooks.example.com/in?token=abc#part",
                                null));

        assertThat(diagnosis)
                .contains("It points to https://hooks.example.com/in.")
                .contains("put the final address into target_url")
                .doesNotContain("token", "abc", "pw", "Location");
    }

    @Test
    void saysWhenAReceiverThatIsOverrunIsTriedAgain() {
        var detail = "The receiver answered 429, with Retry-After 120 s.";
        var symptom =
                new Symptom(
                        Outcome.REFUSED,
                        429,
                        null,
                        detail,
                        NONE,
                        null,
                        false,
                        NOW,
                        null,
                        Verdict.RETRY,
                        NOW.plusSeconds(300).plusMillis(123));

        assertThat(Diagnosis.of(symptom))
                .contains("Retry-After 120 s")
                .contains("The next attempt is due at 2026-03-01T12:05:00Z.");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403})
    void pointsAtTheSignatureWhereTheAnswerDoes(int status) {
        var bad = "{\"error\":\"Invalid Signature\"}";

        assertThat(Diagnosis.of(answered(Outcome.REFUSED, status, null, bad)))
                .contains("compare the signing secret")
                .doesNotContain("Invalid Signature");
    }

    @Test
    void recognizesAWebsite() {
        var page = "<!DOCTYPE html><html><title>Sign in</title>";

        assertThat(Diagnosis.of(answered(Outcome.REFUSED, 404, null, page)))
                .contains("HTML page")
                .doesNotContain("Sign in");
        assertThat(Diagnosis.of(answered(Outcome.REFUSED, 500, null, page)))
                .doesNotContain("HTML page");
    }

    @Test
    void aTestSendThatIsGoneHasNoConsequences() {
        var symptom =
                new Symptom(
                        Outcome.REFUSED,
                        410,
                        null,
                        "The receiver answered 410.",
                        NONE,
                        null,
                        true,
                        NOW,
                        null,
                        Verdict.DEAD_LETTERED,
                        null);

        assertThat(Diagnosis.of(symptom))
                .contains("would have deactivated the webhook")
                .doesNotContain("was deactivated");
    }

    @Test
    void saysWhyNoAttemptWasMade() {
        assertThat(Diagnosis.of(ended(Verdict.CANCELED, "The webhook was deleted.")))
                .isEqualTo("Nothing was sent. The webhook was deleted.");
        assertThat(Diagnosis.of(ended(Verdict.DEAD_LETTERED, "The webhook is not active.")))
                .startsWith("Nothing was sent. The webhook is not active. ")
                .contains("recovery");
    }

    @Test
    void isBoundedAndOneLineWhateverItIsGiven() {
        var hostile = "Bad\r\n\u0000\u202e" + "\uD83D\uDE00".repeat(5_000);
        for (var failure : Failure.values()) {
            var diagnosis = Diagnosis.of(failed(failure, hostile, NONE, NOW.minusSeconds(1)));
            assertWellFormed(diagnosis);
            assertThat(diagnosis).contains("Bad \uD83D\uDE00");
        }
        assertWellFormed(Diagnosis.of(answered(Outcome.REFUSED, 429, hostile, hostile)));
    }

    private static void assertWellFormed(@Nullable String diagnosis) {
        assertThat(diagnosis).isNotNull().hasSizeBetween(40, 600).doesNotContain("  ", "..");
        assertThat(diagnosis).endsWith(".").matches("[^\\p{Cntrl}\\u202e]+");
        // no half of a character that was cut
        assertThat(
                        new String(
                                diagnosis.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(diagnosis);
    }

    private static Symptom answered(
            Outcome outcome, int status, @Nullable String detail, @Nullable String excerpt) {
        return new Symptom(
                outcome,
                status,
                null,
                detail,
                NONE,
                excerpt,
                false,
                NOW,
                null,
                outcome == Outcome.DELIVERED ? Verdict.DELIVERED : Verdict.DEAD_LETTERED,
                null);
    }

    private static Symptom failed(
            Failure failure,
            @Nullable String detail,
            @Nullable Timings timings,
            @Nullable Instant certificateExpiresAt) {
        return new Symptom(
                Outcome.UNREACHABLE,
                null,
                failure,
                detail,
                timings,
                null,
                false,
                NOW,
                certificateExpiresAt,
                Verdict.DEAD_LETTERED,
                null);
    }

    private static Symptom ended(Verdict verdict, String detail) {
        return new Symptom(null, null, null, detail, null, null, false, NOW, null, verdict, null);
    }
}
