package com.avoma.webhooks.config.maintenance;

import java.util.List;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// `/actuator/maintenance` on the management port: GET shows how far tasks are, POST to `reseal` or
/// `republication` below it asks for one. Asking for a task that runs changes nothing. For
/// operators only (`OperatorsConfiguration`).
@Component
@WebEndpoint(id = "maintenance")
class MaintenanceController {
    private final MaintenanceRepository tasks;

    MaintenanceController(MaintenanceRepository tasks) {
        this.tasks = tasks;
    }

    /// @param tasks in the order in which they were asked for
    record Tasks(List<Progress> tasks) {}

    @ReadOperation
    Mono<Tasks> progress() {
        return tasks.all().collectList().map(Tasks::new);
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
}
