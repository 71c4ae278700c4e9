package com.avoma.webhooks.config.openapi;

import com.avoma.webhooks.config.web.Problem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a controller's method says of its operation by its shape: which errors there can be, what
/// parameters a list takes, which headers an answer has. Examples are resources, named after the
/// operation.
final class OperationDescription {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static final String PROBLEM_SCHEMA = "#/components/schemas/Problem";

    private final Method method;

    private OperationDescription(Method method) {
        this.method = method;
    }

    static OperationDescription of(Method method) {
        return new OperationDescription(method);
    }

    void complete(Operation operation) {
        boolean list = method.getGenericReturnType().getTypeName().contains(".Page<");
        if (list) {
            operation.addParametersItem(
                    query("limit", "Items at most", integer(1, 200)).example(50));
            operation.addParametersItem(
                    query(
                            "cursor",
                            "Which part; as `next` and `previous` have it",
                            new Schema<>().types(Set.of("string"))));
        }
        var parameters =
                operation.getParameters() == null
                        ? List.<Parameter>of()
                        : operation.getParameters();
        boolean names = parameters.stream().anyMatch(p -> "path".equals(p.getIn()));
        boolean conditional = has(parameters, "If-Match");
        boolean idempotent = has(parameters, "Idempotency-Key");
        describeHeaders(parameters);
        var responses = operation.getResponses();
        completeSuccess(operation, responses, idempotent);
        completeRequest(operation);
        Statuses.of(names, operation.getRequestBody() != null, conditional, idempotent)
                .forEach((status, meaning) -> responses.put("" + status, error(status, meaning)));
    }

    private void completeSuccess(Operation operation, ApiResponses responses, boolean idempotent) {
        var example = example(operation.getOperationId());
        var returns = method.getGenericReturnType().getTypeName();
        responses.forEach((status, response) -> {
            if (!status.startsWith("2")) {
                return;
            }
            var content = response.getContent();
            if (content != null && !content.isEmpty()) {
                var type = content.values().iterator().next();
                type.setExample(example);
                response.setContent(new Content().addMediaType(JSON, type));
            }
            if (returns.contains("ResponseEntity<") && returns.contains("WebhookAnswer>")) {
                header(response, "ETag", "The version, for `If-Match`");
            }
            if (idempotent) {
                header(response, "Idempotency-Replayed", "`true` on an answer given again");
            }
        });
    }

    private static void completeRequest(Operation operation) {
        if (operation.getRequestBody() == null) {
            return;
        }
        var name = operation.getOperationId();
        var type =
                new MediaType()
                        .schema(new Schema<>().$ref(RequestBodies.type(name).getSimpleName()))
                        .example(example(name + "-request"));
        operation
                .getRequestBody()
                .required(RequestBodies.isRequired(name))
                .content(new Content().addMediaType(JSON, type));
    }

    private static void describeHeaders(List<Parameter> parameters) {
        for (var parameter : parameters) {
            switch (parameter.getName()) {
                case "If-Match" ->
                        parameter
                                .description("The `ETag` of the version that is to be changed")
                                .schema(new Schema<>().types(Set.of("string")));
                case "Idempotency-Key" ->
                        parameter
                                .description(
                                        "Makes the request once: for 24 hours the same key is"
                                                + " given the same answer")
                                .schema(
                                        new Schema<>()
                                                .types(Set.of("string"))
                                                .minLength(1)
                                                .maxLength(255));
                default -> {}
            }
        }
    }

    private static ApiResponse error(int status, String meaning) {
        var response =
                new ApiResponse()
                        .description(meaning)
                        .content(
                                new Content()
                                        .addMediaType(
                                                PROBLEM,
                                                new MediaType()
                                                        .schema(
                                                                new Schema<Problem>()
                                                                        .$ref(PROBLEM_SCHEMA))
                                                        .example(
                                                                tree(
                                                                        OpenApiConfiguration.json(
                                                                                Statuses.example(
                                                                                        status))))));
        if (status == 429 || status == 503) {
            response.addHeaderObject(
                    "Retry-After",
                    new Header()
                            .description("Seconds after which another try is worth it")
                            .schema(integer(1, null)));
        }
        if (status == 401) {
            header(response, "WWW-Authenticate", "What credentials to send");
        }
        return response;
    }

    private static void header(ApiResponse response, String name, String description) {
        response.addHeaderObject(
                name,
                new Header()
                        .description(description)
                        .schema(new Schema<>().types(Set.of("string"))));
    }

    private static Parameter query(String name, String description, Schema<?> schema) {
        return new Parameter().in("query").name(name).description(description).schema(schema);
    }

    private static Schema<?> integer(int least, @Nullable Integer most) {
        var schema = new Schema<>().types(Set.of("integer"));
        schema.setMinimum(BigDecimal.valueOf(least));
        schema.setMaximum(most == null ? null : BigDecimal.valueOf(most));
        return schema;
    }

    private static boolean has(List<Parameter> parameters, String name) {
        return parameters.stream().anyMatch(parameter -> name.equals(parameter.getName()));
    }

    /// Null where the operation has none: its body is empty.
    private static @Nullable JsonNode example(String name) {
        try (var in = OperationDescription.class.getResourceAsStream(name + ".json")) {
            return in == null ? null : MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
