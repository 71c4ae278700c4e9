package com.avoma.webhooks.config.deliverylog;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.deliverylog.Accounts.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {
    /// However the facts of a delivery come in, its account ends where its state does.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void closesWhateverTheOrder(long seed) {
        var random = new Random(seed);
        var scenario = new LogScenario(seed, 30, Instant.parse("2026-03-01T23:59:50Z"), "");
        var facts = new ArrayList<LoggedDelivery>();
        for (var decision : scenario.decisions) {
            for (var one : decision.decisions()) {
                if (one.messageId() != null) {
                    facts.add(LoggedDelivery.of(decision, one.webhookUuid(), one.messageId()));
                }
            }
        }
        scenario.attempts.forEach(attempt -> facts.add(LoggedDelivery.of(attempt)));
        facts.addAll(List.copyOf(facts));
        Collections.shuffle(facts, random);
        var accounts = new Accounts();
        Map<LoggedDelivery.Key, LoggedDelivery> known = new HashMap<>();
        for (var fact : facts) {
            var before = known.get(fact.key());
            var after = before == null ? fact : before.merge(fact);
            accounts.moved(before, after);
            known.put(fact.key(), after);
        }
        scenario.decisions.forEach(accounts::decided);

        var sum = accounts.changes().values().stream().reduce(Change.NONE, Change::plus);
        assertThat(sum)
                .as("seed %d", seed)
                .isEqualTo(
                        new Change(
                                scenario.accepted,
                                scenario.filtered,
                                count(scenario, Status.DELIVERED),
                                count(scenario, Status.DEAD_LETTERED),
                                count(scenario, Status.CANCELED),
                                0));
        assertThat(accounts.changes().keySet().stream().map(Accounts.Account::day).distinct())
                .as("the events of one night are of two days")
                .hasSize(2);
    }

    private static long count(LogScenario scenario, Status status) {
        return scenario.statuses.values().stream().filter(status::equals).count();
    }
}
