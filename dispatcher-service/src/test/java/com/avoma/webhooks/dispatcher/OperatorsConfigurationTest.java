package com.avoma.webhooks.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class OperatorsConfigurationTest {
    @ParameterizedTest
    @CsvSource({
        "/actuator/loggers/com.avoma, 127.0.0.1, , true",
        "/actuator/loggers, ::1, , true",
        "/actuator/loggers/com.avoma, 10.0.0.7, , false",
        "/actuator/%6Coggers/com.avoma, 10.0.0.7, , false",
        "/actuator/loggers/com.avoma, 127.0.0.1, X-Forwarded-For, false",
        "/actuator/loggers/com.avoma, 127.0.0.1, Via, false",
        "/actuator/prometheus, 10.0.0.7, , true",
        "/actuator/health/readiness, 10.0.0.7, X-Forwarded-For, true"
    })
    void letsOnlyThisMachineChangeLevels(
            String path, String address, String header, boolean admitted) {
        var request =
                MockServerHttpRequest.method(HttpMethod.POST, URI.create(path))
                        .remoteAddress(new InetSocketAddress(address, 4711));
        if (header != null) {
            request.header(header, "10.0.0.7");
        }
        var exchange = MockServerWebExchange.from(request.build());
        var passed = new boolean[1];
        OperatorsConfiguration.filter(
                        exchange,
                        _ -> {
                            passed[0] = true;
                            return Mono.empty();
                        })
                .block();
        assertThat(passed[0]).isEqualTo(admitted);
        assertThat(exchange.getResponse().getStatusCode())
                .isEqualTo(admitted ? null : HttpStatus.FORBIDDEN);
    }
}
