package com.avoma.webhooks.config.web;

import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.filter.reactive.UrlHandlerFilter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// Trailing slashes, media types and problems. Every error of the API leaves through [#write].
@Configuration(proxyBeanMethods = false)
public class WebConfiguration {
    private static final Logger log = LoggerFactory.getLogger(WebConfiguration.class);
    private static final Set<String> TAKES_NOTHING = Set.of("25006", "53100");

    private static final MediaType JSON = MediaType.APPLICATION_JSON;
    private static final MediaType ANY_JSON = MediaType.valueOf("application/*+json");
    private static final Set<HttpMethod> TAKING_BODIES = Set.of(HttpMethod.POST, HttpMethod.PATCH);

    private final JsonMapper mapper;

    WebConfiguration(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /// Paths end in a slash; without it they answer too.
    @Bean
    UrlHandlerFilter slashes() {
        return UrlHandlerFilter.trailingSlashHandler("/v1/**").mutateRequest().build();
    }

    /// Bodies are JSON. One that does not say what it is is taken for that; what says that it is
    /// something else is not read as if it were. What the type of nothing is does not matter: some
    /// clients call it a form.
    @Bean
    WebFilter jsonBodies() {
        return (exchange, chain) -> {
            var request = exchange.getRequest();
            var headers = request.getHeaders();
            if (!TAKING_BODIES.contains(request.getMethod())
                    || !request.getPath().value().startsWith("/v1/")
                    || !headers.containsHeader(HttpHeaders.CONTENT_TYPE)) {
                return chain.filter(exchange);
            }
            if (headers.getContentLength() == 0) {
                return chain.filter(
                        exchange.mutate()
                                .request(bare ->
                                        bare.headers(all -> all.remove(HttpHeaders.CONTENT_TYPE)))
                                .build());
            }
            return isJson(headers)
                    ? chain.filter(exchange)
                    : Mono.error(
                            RefusedException.unsupported(
                                    "The body must be JSON, with Content-Type:"
                                            + " application/json."));
        };
    }

    private static boolean isJson(HttpHeaders headers) {
        try {
            var type = headers.getContentType();
            return type != null && (JSON.includes(type) || ANY_JSON.includes(type));
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }

    @Bean
    @Order(-2)
    WebExceptionHandler problems() {
        return (exchange, error) -> {
            var response = exchange.getResponse();
            if (response.isCommitted()) {
                return Mono.error(error);
            }
            if (error instanceof ErrorResponse spring) {
                response.getHeaders().addAll(spring.getHeaders());
            }
            if (error instanceof RefusedException refused && refused.retryAfter() != null) {
                retryAfter(response, refused.retryAfter());
            }
            return write(exchange, problem(exchange, error));
        };
    }

    /// What no honest client sends: paths with NUL in them, methods like TRACE.
    @Bean
    ServerExchangeRejectedHandler rejections() {
        return (exchange, _) ->
                write(
                        exchange,
                        problem(
                                HttpStatus.BAD_REQUEST,
                                "The path has characters that none has, or the method is none."));
    }

    /// Sends a problem, `Retry-After` with it where waiting helps.
    public Mono<Void> write(ServerWebExchange exchange, Problem problem) {
        var response = exchange.getResponse();
        response.setRawStatusCode(problem.status());
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            retryAfter(response, RefusedException.AWAY);
        }
        var body = response.bufferFactory().wrap(mapper.writeValueAsBytes(problem));
        return response.writeWith(Mono.just(body));
    }

    /// In whole seconds, rounded up: who waits that long does not come too early.
    private static void retryAfter(ServerHttpResponse response, Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        response.getHeaders().set("Retry-After", Long.toString(seconds));
    }

    /// A problem of a status, in words.
    public static Problem problem(HttpStatus status, String detail) {
        return Problem.of(status.value(), status.getReasonPhrase(), detail, List.of());
    }

    private static Problem problem(ServerWebExchange exchange, Throwable error) {
        return switch (error) {
            case RefusedException refused -> {
                var status = HttpStatus.valueOf(refused.status());
                yield Problem.of(
                        refused.status(),
                        status.getReasonPhrase(),
                        refused.detail(),
                        refused.errors());
            }
            case ErrorResponse response -> ofSpring(response);
            case Exception e when isOutage(e) -> databaseAway(exchange, e);
            default -> {
                var request = exchange.getRequest();
                log.error(
                        "request.failed method={} path={}",
                        request.getMethod(),
                        request.getPath().value(),
                        error);
                yield problem(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "Something is wrong with this service; its operators can see what.");
            }
        };
    }

    /// Whether PostgreSQL is away. Statements that it refuses are ours to mend.
    public static boolean isOutage(Throwable error) {
        return switch (error) {
            case DataAccessException e -> !isBug(e);
            case TransactionException _, R2dbcException _ -> true;
            default -> false;
        };
    }

    /// Whether PostgreSQL answers but takes nothing: it is read-only (25006), as a replica is after
    /// a failover, or its disk is full (53100). What only reads goes on.
    public static boolean takesNothing(Throwable error) {
        for (Throwable one = error; one != null; one = one.getCause()) {
            if (one instanceof R2dbcException refused && refused.getSqlState() != null) {
                return TAKES_NOTHING.contains(refused.getSqlState());
            }
        }
        return false;
    }

    private static boolean isBug(DataAccessException e) {
        return e instanceof org.springframework.dao.DataIntegrityViolationException
                || e instanceof org.springframework.r2dbc.BadSqlGrammarException
                || e instanceof org.springframework.dao.InvalidDataAccessApiUsageException;
    }

    /// Edits say more ([com.avoma.webhooks.config.change.SetupEditor]); of what is not one, nobody
    /// knows here how far it came.
    private static Problem databaseAway(ServerWebExchange exchange, Exception e) {
        log.warn("database.away fault={}", e.toString());
        var safe =
                Set.of(HttpMethod.GET, HttpMethod.HEAD).contains(exchange.getRequest().getMethod());
        return problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                safe
                        ? "The database does not answer. Try again later."
                        : "The database does not answer. Try again later, and see first whether"
                                + " the change was made.");
    }

    private static Problem ofSpring(ErrorResponse response) {
        var status = HttpStatus.valueOf(response.getStatusCode().value());
        return switch (status) {
            case NOT_FOUND -> problem(status, "There is nothing at this path.");
            case CONTENT_TOO_LARGE -> problem(status, "The body is larger than 256 KiB.");
            default -> {
                var detail = response.getBody().getDetail();
                yield problem(status, detail == null ? status.getReasonPhrase() : detail);
            }
        };
    }
}
