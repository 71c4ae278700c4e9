package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.event.TriggerEvent;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TriggerEventsAreDescribedIT {
    private final RunningService service = RunningService.shared();
    private final TestOrganization acme = TestOrganization.of(service, Plan.STARTUP);

    @Test
    void listsEachWithItsSchemaAndTheVeryBytesOfItsSample() {
        var answer = service.get(acme.admin(), "/v1/trigger-events/");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("count").asInt()).isEqualTo(TriggerEvent.values().length);
        var mapper = new JsonMapper();
        for (var event : TriggerEvent.values()) {
            var listed = answer.json().path("results").get(event.ordinal());
            assertThat(listed.propertyNames())
                    .containsExactly("event_type", "label", "description", "schema", "sample");
            assertThat(listed.path("event_type").asString()).isEqualTo(event.name());
            assertThat(listed.path("label").asString()).isEqualTo(event.label());
            assertThat(listed.path("description").asString()).isEqualTo(event.description());
            assertThat(listed.path("schema")).isEqualTo(mapper.readTree(event.schema().bytes()));
            assertThat(answer.raw().body()).contains("\"sample\":" + event.sample().text() + "}");
        }
    }

    @Test
    void listsThemInPagesToo() {
        var first = service.get(acme.admin(), "/v1/trigger-events/?limit=3").json();
        var rest = service.get(acme.admin(), first.path("next").asString()).json();

        assertThat(first.path("results").size()).isEqualTo(3);
        assertThat(rest.path("results").size()).isEqualTo(1);
        assertThat(rest.path("next").isNull()).isTrue();
    }

    @Test
    void needsCredentialsAsEverythingElse() {
        assertThat(service.get(null, "/v1/trigger-events/").status()).isEqualTo(401);
    }
}
