package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.directory.Plan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TwoInstancesPublishAsOneIT {
    @Test
    void answersOnceEitherOfThemHasPublishedAndTakesOverWhenOneGoes() {
        var parts = RunningService.Parts.fresh();
        try (var second = startBeside(parts)) {
            var acme = TestOrganization.of(second, Plan.ENTERPRISE);
            assertThat(acme.webhook("AINOTE", "https://example.com/last").status()).isEqualTo(201);
            assertThat(second.snapshots(acme)).hasSize(1);
        }
    }

    /// A second instance, after a first one that published together with it and went.
    private static RunningService startBeside(RunningService.Parts parts) {
        var first = RunningService.start(parts);
        var second = RunningService.start(parts);
        try (first) {
            var acme = TestOrganization.of(first, Plan.ENTERPRISE);
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                for (var service : List.of(first, second)) {
                    var rotated =
                            service.post(acme.admin(), "/v1/webhooks/signing-secret/rotate/", null);
                    statuses.add(rotated.status());
                }
            }
            assertThat(statuses).hasSize(10).containsOnly(200);
            assertThat(first.snapshots(acme))
                    .extracting(s -> s.revision())
                    .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        }
        return second;
    }
}
