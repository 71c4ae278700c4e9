package com.avoma.webhooks.delivery.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.delivery.isolation.Admission.Cause;
import com.avoma.webhooks.delivery.isolation.Admission.Defer;
import com.avoma.webhooks.delivery.isolation.Admission.Go;
import com.avoma.webhooks.delivery.isolation.Admission.Wait;
import com.avoma.webhooks.delivery.isolation.Isolation.Candidate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IsolationTest {
    private static final UUID A = new UUID(0, 'a');
    private static final UUID B = new UUID(0, 'b');

    private final Isolation isolation = new Isolation(16, 1_000, 8, 50);
    private long now = nanos(1_000_000);
    private int event;

    @Test
    void startsAsManyAsAWebhookHasPermitsAndLetsTheNextWait() {
        for (int i = 0; i < 4; i++) {
            assertThat(admit(A)).isInstanceOf(Go.class);
        }

        assertThat(admit(A)).isInstanceOf(Wait.class);
        assertThat(admit(B)).isInstanceOf(Go.class);
        assertThat(isolation.inFlight()).isEqualTo(5);
    }

    @Test
    void givesThePermitBackWhenTheAttemptEnds() {
        var tickets = fill(A);
        attempt(tickets.getFirst(), Result.DELIVERED, 10);
        assertThat(isolation.inFlight()).isEqualTo(3);

        assertThat(admit(A)).isInstanceOf(Go.class);
        assertThat(isolation.inFlight()).isEqualTo(4);
        tickets.getFirst().end(now);
        assertThat(isolation.inFlight()).isEqualTo(4);
    }

    @Test
    void startsNothingWhileTooMuchWouldBeSentAgainAfterACrash() {
        List<Ticket> sent = new ArrayList<>();
        while (admit(A) instanceof Go(var ticket)) {
            attempt(ticket, Result.DELIVERED, 10).written(now);
            sent.add(ticket);
        }
        assertThat(sent).hasSize(16);
        assertThat(isolation.inFlight()).isZero();
        assertThat(admit(B)).isInstanceOf(Wait.class);

        sent.removeFirst().end(now);
        assertThat(admit(B)).isInstanceOf(Go.class);
        assertThat(admit(B)).isInstanceOf(Wait.class);
    }

    @Test
    void putsOffNoMoreThanHasRoomUntilThatWouldNotBeRepeated() {
        List<Ticket> written = new ArrayList<>();
        while (isolation.admitErrand(1) instanceof Go(var ticket)) {
            ticket.written(now);
            written.add(ticket);
        }
        assertThat(written).hasSize(4 * 16);

        written.removeFirst().end(now);
        assertThat(isolation.admitErrand(1)).isInstanceOf(Go.class);
    }

    @Test
    void putsOffWhatAHangingWebhookCannotTakeWithinASecondOrTwo() {
        var tickets = fill(A);
        assertThat(admit(A)).isInstanceOf(Wait.class);
        now += nanos(1_000);
        assertThat(admit(A)).isInstanceOf(Wait.class);
        now += nanos(1_100);

        var deferred = (Defer) admit(A);
        assertThat(deferred.cause()).isEqualTo(Cause.PERMITS);
        assertThat(deferred.delay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(((Defer) admit(A)).delay()).isGreaterThan(Duration.ofSeconds(1));
        assertThat(tickets).hasSize(4);
    }

    @Test
    void putsOffTheEndOfALineThatIsTooLong() {
        var tickets = fill(A);
        for (var ticket : tickets) {
            attempt(ticket, Result.DELIVERED, 500);
        }
        fill(A);

        // 500 ms each, 6 at a time
        assertThat(admit(A, Rank.LIVE, 12)).isInstanceOf(Wait.class);
        assertThat(admit(A, Rank.LIVE, 13)).isInstanceOf(Defer.class);
    }

    @Test
    void keepsAPermitForLiveJobsBeforeThoseBehind() {
        for (int i = 0; i < 3; i++) {
            assertThat(admit(A, Rank.DEFERRED, 1)).isInstanceOf(Go.class);
        }

        assertThat(admit(A, Rank.RECOVERED, 1)).isInstanceOf(Wait.class);
        assertThat(admit(A, Rank.LIVE, 1)).isInstanceOf(Go.class);
    }

    @Test
    void keepsHalfOfThePermitsForLiveJobsWhileSomeWait() {
        fill(A);
        var tickets = fill(B, Rank.LIVE);
        assertThat(admit(B)).isInstanceOf(Wait.class);
        tickets.forEach(ticket -> ticket.end(now));

        assertThat(admit(B, Rank.DEFERRED, 1)).isInstanceOf(Go.class);
        assertThat(admit(B, Rank.DEFERRED, 1)).isInstanceOf(Go.class);
        assertThat(admit(B, Rank.DEFERRED, 1)).isInstanceOf(Wait.class);
    }

    @Test
    void letsTestsPastEveryLineAndTakesThemForNoEvidence() {
        openCircuit(A);

        var test = (Go) admit(A, Rank.URGENT, 1);
        test.ticket().sending(now);
        test.ticket().attempted(Result.DELIVERED, 1, now);
        test.ticket().end(now);

        assertThat(((Defer) admit(A)).cause()).isEqualTo(Cause.CIRCUIT);
        assertThat(isolation.inFlight()).isZero();
    }

    @Test
    void putsJobsOffWhileTheCircuitIsOpenAndProbesOneAtATime() {
        openCircuit(A);
        var first = (Defer) admit(A);
        var second = (Defer) admit(A);
        assertThat(first.delay()).isEqualTo(Duration.ofMillis(500));
        assertThat(second.delay()).isGreaterThan(Duration.ofSeconds(1));

        now += nanos(1_000);
        var probe = (Go) admit(A, Rank.DEFERRED, 1);
        assertThat(admit(A)).isInstanceOf(Defer.class);
        attempt(probe.ticket(), Result.DELIVERED, 10);

        assertThat(admit(A)).isInstanceOf(Go.class);
        assertThat(admit(A)).isInstanceOf(Wait.class);
    }

    @Test
    void takesAnotherProbeWhereTheFirstWasNeverSent() {
        openCircuit(A);
        now += nanos(1_000);
        ((Go) admit(A)).ticket().end(now);

        assertThat(admit(A)).isInstanceOf(Go.class);
    }

    @Test
    void keepsHalfOfTheProcessFreeOfSlowWebhooks() {
        for (int webhook = 0; webhook < 2; webhook++) {
            fill(new UUID(1, webhook));
        }
        attempt(((Go) admit(A)).ticket(), Result.DELIVERED, 3_000).end(now);

        // 8 of 16 hang; A has permits, but is known to take seconds
        assertThat(((Defer) admit(A)).cause()).isEqualTo(Cause.PROCESS);
        assertThat(admit(B)).isInstanceOf(Go.class);
    }

    @Test
    void letsWebhooksOfWhichNothingIsKnownTakeThreeQuarters() {
        for (int webhook = 0; webhook < 3; webhook++) {
            fill(new UUID(1, webhook));
        }
        assertThat(admit(A)).isInstanceOf(Wait.class);

        now += nanos(2_100);
        assertThat(((Defer) admit(A)).cause()).isEqualTo(Cause.PROCESS);
    }

    @Test
    void givesProvenWebhooksWhatIsLeft() {
        prove(A);
        for (int webhook = 0; webhook < 3; webhook++) {
            fill(new UUID(1, webhook));
        }
        now += nanos(2_100);

        assertThat(fill(A)).hasSize(4);
        assertThat(isolation.inFlight()).isEqualTo(16);
        assertThat(admit(A)).isInstanceOf(Wait.class);
    }

    @Test
    void boundsBytesButTakesOneJobOfAnySize() {
        var large = (Go) isolation.admit(new Candidate(A, Rank.LIVE, 5_000, 1), now);
        assertThat(admit(B)).isInstanceOf(Wait.class);
        large.ticket().end(now);

        assertThat(isolation.admit(new Candidate(A, Rank.LIVE, 900, 1), now))
                .isInstanceOf(Go.class);
        assertThat(isolation.admit(new Candidate(B, Rank.LIVE, 101, 1), now))
                .isInstanceOf(Wait.class);
        assertThat(isolation.admit(new Candidate(B, Rank.LIVE, 100, 1), now))
                .isInstanceOf(Go.class);
    }

    @Test
    void boundsWhatIsWrittenElsewhereAtATime() {
        assertThat(isolation.admitErrand(200)).isInstanceOf(Go.class);
        assertThat(isolation.admitErrand(100)).isInstanceOf(Wait.class);
        assertThat(isolation.admitErrand(50)).isInstanceOf(Go.class);
        assertThat(isolation.inFlight()).isZero();
    }

    @Test
    void forgetsHealthyIdleWebhooksBeforeAnyOther() {
        openCircuit(A);
        var tickets = fill(B);
        for (int webhook = 0; webhook < 1_000; webhook++) {
            ((Go) admit(new UUID(2, webhook))).ticket().end(now);
        }

        assertThat(isolation.known()).isEqualTo(50);
        assertThat(((Defer) admit(A)).cause()).isEqualTo(Cause.CIRCUIT);
        assertThat(admit(B)).isInstanceOf(Wait.class);
        assertThat(tickets).hasSize(4);
    }

    @Test
    void forgetsNoneWithAttemptsUnderWay() {
        var busy = new Isolation(1_000, 1_000, 8, 5);
        for (int webhook = 0; webhook < 100; webhook++) {
            busy.admit(new Candidate(new UUID(3, webhook), Rank.LIVE, 1, 1), now);
        }

        assertThat(busy.known()).isEqualTo(100);
    }

    private void openCircuit(UUID webhook) {
        for (int i = 0; i <= Circuit.EVENTS; i++) {
            attempt(((Go) admit(webhook)).ticket(), Result.OVERLOADED, 10).end(now);
            now += nanos(500);
        }
    }

    private void prove(UUID webhook) {
        attempt(((Go) admit(webhook)).ticket(), Result.DELIVERED, 10).end(now);
    }

    private Ticket attempt(Ticket ticket, Result result, long millis) {
        ticket.sending(now);
        now += nanos(millis);
        ticket.attempted(result, ++event, now);
        return ticket;
    }

    private List<Ticket> fill(UUID webhook) {
        return fill(webhook, Rank.LIVE);
    }

    /// Starts and sends jobs until there is no permit left.
    private List<Ticket> fill(UUID webhook, Rank rank) {
        List<Ticket> tickets = new ArrayList<>();
        while (admit(webhook, rank, 1) instanceof Go(var ticket)) {
            ticket.sending(now);
            tickets.add(ticket);
        }
        return tickets;
    }

    private Admission admit(UUID webhook) {
        return admit(webhook, Rank.LIVE, 1);
    }

    private Admission admit(UUID webhook, Rank rank, int line) {
        return isolation.admit(new Candidate(webhook, rank, 1, line), now);
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
