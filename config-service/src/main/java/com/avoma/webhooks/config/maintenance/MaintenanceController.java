package com.avoma.webhooks.config.maintenance;

import com.avoma.webhooks.config.erasure.Erasure;
import com.avoma.webhooks.config.erasure.ErasureProperties;
import com.avoma.webhooks.config.erasure.ErasureRepository;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// `/actuator/maintenance` on the management port: GET shows how far tasks and erasures are, POST
/// to `reseal` or `republication` below it asks for one, POST to `erase/{organization}` for the
/// erasure of an organization that the directory does not have any more. Asking for what is under
/// way changes nothing. For operators only (`OperatorsConfiguration`).
@Component
@WebEndpoint(id = "maintenance")
class MaintenanceController {
    private static final String ERASE = "erase";

    private final MaintenanceRepository tasks;
    private final ErasureRepository erasures;
    private final ErasureProperties properties;

    MaintenanceController(
            MaintenanceRepository tasks, ErasureRepository erasures, ErasureProperties properties) {
        this.tasks = tasks;
        this.erasures = erasures;
        this.properties = properties;
    }

    /// Both in the order in which they were asked for.
    record Tasks(List<Progress> tasks, List<Erasure> erasures) {}

    /// What is wrong with a request, and what would be right.
    record Fault(String detail) {}

    @ReadOperation
    Mono<Tasks> progress() {
        return tasks.all().collectList().zipWith(erasures.all().collectList(), Tasks::new);
    }

    @WriteOperation
    Mono<WebEndpointResponse<Tasks>> request(@Selector String task) {
        return Task.of(task)
                .map(known ->
                        tasks.request(known)
                                .then(Mono.defer(this::progress))
                                .map(now -> new WebEndpointResponse<>(now, 202)))
                .orElseGet(() -> Mono.just(new WebEndpointResponse<>(404)));
    }

    @WriteOperation
    Mono<WebEndpointResponse<Object>> request(
            @Selector String operation, @Selector String organization) {
        if (!operation.equals(ERASE)) {
            return Mono.just(new WebEndpointResponse<>(404));
        }
        UUID uuid;
        try {
            uuid = UUID.fromString(organization);
        } catch (IllegalArgumentException e) {
            return Mono.just(
                    refused(400, "organization: malformed (expected: the organization's uuid)"));
        }
        return erasures.isInDirectory(uuid)
                .flatMap(known ->
                        known
                                ? Mono.just(
                                        refused(
                                                409,
                                                "The directory still has the organization: publish"
                                                        + " its tombstone to directory.organizations"
                                                        + " first."))
                                : erasures.request(uuid, properties.settleFor())
                                        .then(Mono.defer(this::progress))
                                        .map(now -> new WebEndpointResponse<>(now, 202)));
    }

    private static WebEndpointResponse<Object> refused(int status, String detail) {
        return new WebEndpointResponse<>(new Fault(detail), status);
    }
}
