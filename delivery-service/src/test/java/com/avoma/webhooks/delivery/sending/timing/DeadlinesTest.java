package com.avoma.webhooks.delivery.sending.timing;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.delivery.sending.timing.Deadlines.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final Deadlines deadlines = new Deadlines(loop);
    private final LinkedBlockingQueue<String> expired = new LinkedBlockingQueue<>();

    private final class Named extends Deadline {
        private final String name;
        private List<Named> takesAlong = List.of();

        Named(String name, long millis) {
            this.name = name;
            due(System.nanoTime() + MILLISECONDS.toNanos(millis));
        }

        @Override
        protected void expired() {
            expired.add(name);
            takesAlong.forEach(deadlines::remove);
        }
    }

    @AfterEach
    void stop() {
        loop.shutdownNow();
    }

    @Test
    void endsWhatIsDueAndNothingElse() throws Exception {
        onLoop(() -> {
            deadlines.add(new Named("late", 60_000));
            deadlines.add(new Named("first", 10));
            var removed = new Named("removed", 10);
            deadlines.add(removed);
            deadlines.remove(removed);
            deadlines.remove(removed);
        });
        assertThat(expired.poll(20, SECONDS)).isEqualTo("first");
        onLoop(() -> deadlines.add(new Named("second", 10)));

        assertThat(expired.poll(20, SECONDS)).isEqualTo("second");
        assertThat(expired).isEmpty();
    }

    @Test
    void survivesDeadlinesThatTakeTheirNeighboursAlong() throws Exception {
        onLoop(() -> {
            List<Named> all = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                all.add(new Named("n" + i, 0));
            }
            // the last one added is looked at first
            all.get(4).takesAlong = List.of(all.get(3), all.get(2));
            all.forEach(deadlines::add);
        });

        assertThat(
                        List.of(
                                String.valueOf(expired.poll(20, SECONDS)),
                                String.valueOf(expired.poll(20, SECONDS)),
                                String.valueOf(expired.poll(20, SECONDS))))
                .containsExactly("n4", "n1", "n0");
    }

    private void onLoop(Runnable task) throws Exception {
        loop.submit(task).get(20, SECONDS);
    }
}
