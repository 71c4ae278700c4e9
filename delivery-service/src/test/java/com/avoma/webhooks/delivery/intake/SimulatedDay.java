package com.avoma.webhooks.delivery.intake;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.delivery.isolation.Admission;
import com.avoma.webhooks.delivery.isolation.Isolation;
import com.avoma.webhooks.delivery.isolation.Isolation.Candidate;
import com.avoma.webhooks.delivery.isolation.Rank;
import com.avoma.webhooks.delivery.isolation.Result;
import com.avoma.webhooks.delivery.isolation.Ticket;
import com.avoma.webhooks.delivery.retry.RetryLadder;
import com.avoma.webhooks.delivery.retry.Verdict;
import com.avoma.webhooks.delivery.sending.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;

/// One webhook through a day in virtual time: the real lanes, limits, circuit and ladder, an
/// endpoint that behaves by the hour, and a report of what was done when.
final class SimulatedDay {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-01T00:00:00Z");
    private static final UUID WEBHOOK = new UUID(0, 1);

    /// When the endpoint pauses for five seconds, in the middle of 20 events a second.
    private static final int PAUSE = 15 * 3600 + 1800;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final RetryLadder ladder =
            new RetryLadder(
                    List.of(
                            Duration.ofMinutes(5),
                            Duration.ofMinutes(30),
                            Duration.ofHours(2),
                            Duration.ofHours(12),
                            Duration.ofHours(24)),
                    0.1);
    private final Isolation isolation = new Isolation(512, 32 << 20, 32, 100);
    private final ReadAhead readAhead = new ReadAhead(48 << 20);
    private final Lane<Job> jobs =
            new Lane<>(new OffsetWindow(0, ""), Lane.Bounds.WAITING, readAhead);
    private final Lane<Job> waiting =
            new Lane<>(
                    new OffsetWindow(0, ""),
                    new Lane.Bounds(100_000, 1L << 40, true, false),
                    readAhead);
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::number));
    private final List<String> report = new ArrayList<>();
    private final Figures figures = new Figures();
    private long number;
    private Instant now = MIDNIGHT;
    private boolean open;

    /// @param followed whether its steps are reported one by one
    private record Job(int id, int attempt, Instant published, boolean followed) {}

    private record Event(Instant at, long number, Runnable action) {}

    private record Answer(Outcome outcome, Result result, Duration took) {}

    private static final class Figures {
        int published;
        int attempts;
        int delivered;
        int given;
        int byPermits;
        int byCircuit;
        int inFlight;
        int most;
        Duration longest = Duration.ZERO;
    }

    List<String> run() {
        publishAll();
        for (int hour = 1; hour <= 72; hour++) {
            if (hour <= 24 || hour % 12 == 0) {
                at(MIDNIGHT.plus(Duration.ofHours(hour)), this::sum);
            }
        }
        while (!events.isEmpty()) {
            now = events.peek().at();
            while (!events.isEmpty() && !events.peek().at().isAfter(now)) {
                events.remove().action().run();
            }
            startDue();
        }
        return report;
    }

    private void publishAll() {
        int id = 0;
        for (int second = 0; second < 24 * 3600; second += 2) {
            boolean quiet = second >= 18 * 3600;
            if (!quiet || second % 600 == 0) {
                publish(++id, second, second == 2 * 3600 || second == 18 * 3600);
            }
        }
        for (int i = 0; i < 3_000; i++) {
            publish(++id, 12 * 3600, false);
        }
        for (int i = 0; i < 200; i++) {
            publish(++id, MIDNIGHT.plusSeconds(PAUSE).plusMillis(50 * i), false);
        }
    }

    private void publish(int id, int second, boolean followed) {
        publish(id, MIDNIGHT.plusSeconds(second), followed);
    }

    private void publish(int id, Instant time, boolean followed) {
        at(
                time,
                () -> {
                    figures.published++;
                    add(jobs, new Job(id, 1, time, followed), Rank.LIVE, null);
                });
    }

    /// What the endpoint does with an attempt that begins now.
    private Answer answer() {
        long minute = Duration.between(MIDNIGHT, now).toMinutes();
        if (minute >= 2 * 60 && minute < 3 * 60 || minute >= 18 * 60 && minute < 19 * 60) {
            return new Answer(
                    new Outcome.Refused(503, null), Result.OVERLOADED, Duration.ofMillis(20));
        }
        if (minute >= 6 * 60 && minute < 6 * 60 + 30) {
            return new Answer(
                    new Outcome.Unreachable(Failure.TIMEOUT, "No answer"),
                    Result.UNREACHABLE,
                    Duration.ofSeconds(15));
        }
        var pause = Duration.between(now, MIDNIGHT.plusSeconds(PAUSE + 5));
        if (pause.isPositive() && pause.toSeconds() < 5) {
            return new Answer(new Outcome.Delivered(200), Result.DELIVERED, pause);
        }
        var took = minute >= 12 * 60 && minute < 13 * 60 ? 200 : 50;
        return new Answer(new Outcome.Delivered(200), Result.DELIVERED, Duration.ofMillis(took));
    }

    private void startDue() {
        for (var lane : List.of(jobs, waiting)) {
            lane.beginPass(now);
            for (var next = lane.next(this::judge); next != null; next = lane.next(this::judge)) {
                start(lane, next.entry(), next.admission());
            }
        }
        if (jobs.ready() + waiting.ready() > 0) {
            at(now.plusMillis(20), () -> {});
        } else if (waiting.nextAt() != null) {
            at(waiting.nextAt(), () -> {});
        }
    }

    private Admission judge(Entry<Job> entry, int line) {
        return isolation.admit(new Candidate(WEBHOOK, entry.rank(), 4096, line), nanos());
    }

    private void start(Lane<Job> lane, Entry<Job> entry, Admission admission) {
        switch (admission) {
            case Admission.Go(var ticket) -> attempt(lane, entry, ticket);
            case Admission.Defer(var cause, var delay, var ticket) -> {
                switch (cause) {
                    case CIRCUIT -> figures.byCircuit++;
                    case PERMITS, PROCESS -> figures.byPermits++;
                }
                circuit(cause == Admission.Cause.CIRCUIT || open);
                add(waiting, entry.item(), Rank.DEFERRED, now.plus(delay));
                lane.done(entry.offset());
                ticket.end(nanos());
            }
            case Admission.Wait _ -> throw new IllegalStateException();
        }
    }

    private void attempt(Lane<Job> lane, Entry<Job> entry, Ticket ticket) {
        var answer = answer();
        ticket.sending(nanos());
        figures.attempts++;
        figures.inFlight++;
        figures.most = Math.max(figures.most, figures.inFlight);
        at(
                now.plus(answer.took()),
                () -> {
                    figures.inFlight--;
                    ticket.attempted(answer.result(), entry.item().id(), nanos());
                    conclude(entry.item(), answer);
                    lane.done(entry.offset());
                    ticket.end(nanos());
                });
    }

    private void conclude(Job job, Answer answer) {
        switch (ladder.after(job.attempt(), answer.outcome(), 0.5)) {
            case Verdict.Done _ -> {
                figures.delivered++;
                circuit(false);
                follow(job, "delivered");
                var age = Duration.between(job.published(), now);
                figures.longest = age.compareTo(figures.longest) > 0 ? age : figures.longest;
            }
            case Verdict.RetryIn(var delay) -> {
                follow(job, "failed, again in " + delay);
                var next = new Job(job.id(), job.attempt() + 1, job.published(), job.followed());
                add(waiting, next, Rank.LIVE, now.plus(delay));
            }
            case Verdict.GiveUp(var reason) -> {
                figures.given++;
                follow(job, reason.word());
            }
        }
    }

    private void follow(Job job, String what) {
        if (job.followed()) {
            line("event %d, attempt %d: %s".formatted(job.id(), job.attempt(), what));
        }
    }

    private void circuit(boolean isOpen) {
        if (open != isOpen) {
            open = isOpen;
            line(isOpen ? "circuit open" : "circuit closed");
        }
    }

    private void sum() {
        line(
                ("published %d, attempts %d, delivered %d, given up %d, put off by permits %d, by"
                                + " circuit %d, at most %d at a time, oldest delivered %s")
                        .formatted(
                                figures.published,
                                figures.attempts,
                                figures.delivered,
                                figures.given,
                                figures.byPermits,
                                figures.byCircuit,
                                figures.most,
                                figures.longest));
        figures.most = figures.inFlight;
        figures.longest = Duration.ZERO;
    }

    private void line(String what) {
        report.add(TIME.format(now) + "  " + what);
    }

    private void add(Lane<Job> lane, Job job, Rank rank, Instant at) {
        lane.add(new Entry<>(number++, WEBHOOK, rank, at, job.published(), 4096, job));
    }

    private void at(Instant time, Runnable action) {
        events.add(new Event(time, number++, action));
    }

    private long nanos() {
        return Duration.between(MIDNIGHT, now).toNanos() + 1;
    }
}
