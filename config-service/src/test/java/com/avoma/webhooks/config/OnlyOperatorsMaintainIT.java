package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.directory.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnlyOperatorsMaintainIT {
    private static final String TOKEN = "a token of operators";

    @Test
    void withTheTokenWhereThereIsOne() {
        try (var service =
                RunningService.start(
                        RunningService.Parts.fresh(), "--webhooks.maintenance.token=" + TOKEN)) {
            var acme = TestOrganization.of(service, Plan.ENTERPRISE);
            var reseal = service.managementAddress() + "/actuator/maintenance/reseal";
            var all = service.managementAddress() + "/actuator/maintenance";
            var level = service.managementAddress() + "/actuator/loggers/com.avoma.webhooks";

            for (var refused :
                    List.of(
                            service.post(null, reseal, null),
                            service.post(acme.admin(), reseal, null),
                            service.post(acme.apiKey(), reseal, null),
                            service.post(TOKEN + "x", reseal, null),
                            service.post(null, reseal + "/", null),
                            service.get(null, all),
                            service.get(null, all + "/"),
                            service.get(acme.admin(), level),
                            service.post(null, level, null))) {
                assertThat(refused.status()).as("%s", refused).isEqualTo(401);
                assertThat(refused.text("detail")).contains("webhooks.maintenance.token");
            }
            assertThat(service.get(TOKEN, all).json().path("tasks").size()).isZero();

            assertThat(service.get(TOKEN, level).status()).isEqualTo(200);

            assertThat(service.post(TOKEN, reseal, null).status()).isEqualTo(202);
            assertThat(service.get(TOKEN, all).json().path("tasks").size()).isEqualTo(1);
            assertThat(service.get(null, service.managementAddress() + "/actuator/health").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void fromThisMachineWhereThereIsNone() {
        var service = RunningService.shared();
        var all = service.managementAddress() + "/actuator/maintenance";

        assertThat(service.get(null, all).status()).isEqualTo(200);
        var passedOn = service.call("GET", null, all, null, "X-Forwarded-For", "10.1.2.3");
        assertThat(passedOn.status()).isEqualTo(401);
        assertThat(passedOn.text("detail")).contains("from this machine");

        var level = service.managementAddress() + "/actuator/loggers/com.avoma.webhooks";
        assertThat(service.get(null, level).text("effectiveLevel")).isNotBlank();
        assertThat(service.call("GET", null, level, null, "Via", "1.1 proxy").status())
                .isEqualTo(401);
    }

    /// Behind a proxy the API believes what it says of callers; this port does not.
    @ParameterizedTest
    @ValueSource(strings = {"native", "framework"})
    void notFromElsewhereWhoeverSaysThatItIsHere(String strategy) {
        try (var service =
                RunningService.start(
                        RunningService.Parts.fresh(),
                        "--server.forward-headers-strategy=" + strategy)) {
            var all = service.managementAddress() + "/actuator/maintenance";

            assertThat(service.get(null, all).status()).isEqualTo(200);
            assertThat(
                            service.call("GET", null, all, null, "X-Forwarded-For", "127.0.0.1")
                                    .status())
                    .isEqualTo(401);
            assertThat(service.call("GET", null, all, null, "Forwarded", "for=127.0.0.1").status())
                    .isEqualTo(401);
        }
    }
}
