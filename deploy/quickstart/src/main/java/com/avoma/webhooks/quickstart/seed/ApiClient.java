package com.avoma.webhooks.quickstart.seed;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.json.MalformedRecordException;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.quickstart.data.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Calls the public API of config-service as one caller.
public final class ApiClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(400);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String address;
    private final String credentials;

    /// @param address without a slash at its end
    /// @param credentials what follows `Bearer`
    public ApiClient(String address, String credentials) {
        this.address = address;
        this.credentials = credentials;
    }

    /// An answer, whatever its status.
    public record Answer(int status, Payload body) {
        public boolean succeeded() {
            return status / 100 == 2;
        }

        public <T> T as(Class<T> type) {
            return Json.read(body.bytes(), type);
        }
    }

    /// Calls once.
    ///
    /// @param body written as JSON; null: none
    /// @throws Refusal where nothing answers
    public Answer call(String method, String path, @Nullable Object body)
            throws InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(address + path))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + credentials)
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(Json.write(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), Payload.of(response.body()));
        } catch (IOException e) {
            throw new Refusal(
                    "%s %s: config-service did not answer (%s).".formatted(method, path, e), e);
        }
    }

    /// A call that has to succeed.
    ///
    /// @throws Refusal where it does not, with what config-service said
    public Answer require(String method, String path, @Nullable Object body)
            throws InterruptedException {
        var answer = call(method, path, body);
        if (!answer.succeeded()) {
            throw refusal(method, path, answer);
        }
        return answer;
    }

    /// A call that succeeds once config-service has read what was just published.
    ///
    /// @throws Refusal where it does not within the bound, with the last answer
    public Answer await(String method, String path, @Nullable Object body, Duration bound)
            throws InterruptedException {
        return await(method, path, body, bound, _ -> true);
    }

    /// The same, and its answer has to be as expected.
    ///
    /// @param expected asked only of an answer of success
    public Answer await(
            String method,
            String path,
            @Nullable Object body,
            Duration bound,
            Predicate<Answer> expected)
            throws InterruptedException {
        long deadline = System.nanoTime() + bound.toNanos();
        while (true) {
            var answer = call(method, path, body);
            if (answer.succeeded() && expected.test(answer)) {
                return answer;
            }
            if (System.nanoTime() > deadline) {
                throw refusal(method, path, answer);
            }
            // the API allows 60 requests a minute
            Thread.sleep(POLL);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private record Problem(@Nullable String detail) {}

    private static Refusal refusal(String method, String path, Answer answer) {
        String detail;
        try {
            var problem = answer.as(Problem.class);
            detail = problem.detail() == null ? "no reason given" : problem.detail();
        } catch (MalformedRecordException e) {
            detail = "no reason given";
        }
        return new Refusal(
                "config-service answered %d to %s %s: %s"
                        .formatted(answer.status(), method, path, detail));
    }
}
