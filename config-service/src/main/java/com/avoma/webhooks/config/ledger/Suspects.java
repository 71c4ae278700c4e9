package com.avoma.webhooks.config.ledger;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Which overdue deliveries nothing explains. One look is not enough: a job may go from one topic
/// to another while both are looked through. So a delivery is named when it is found missing twice
/// in a row, with nothing come of it in between.
final class Suspects {
    private Set<Overdue> last = Set.of();

    /// Takes what one look found, and says which are unaccounted for.
    ///
    /// @param explained whether a job was found that will make the next step, or could not be
    ///   looked for
    List<Overdue> confirmed(List<Overdue> overdue, Predicate<Overdue> explained) {
        Set<Overdue> suspects = new HashSet<>();
        for (var one : overdue) {
            boolean missing =
                    switch (one.why()) {
                        case NO_JOB -> !explained.test(one);
                        case NO_DECISION -> true;
                    };
            if (missing) {
                suspects.add(one);
            }
        }
        var confirmed = overdue.stream().filter(suspects::contains).filter(last::contains).toList();
        last = suspects;
        return confirmed;
    }
}
