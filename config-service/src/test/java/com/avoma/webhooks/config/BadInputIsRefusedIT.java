package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.directory.Plan;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputIsRefusedIT {
    private static final RunningService service = RunningService.shared();
    private static final TestOrganization acme = TestOrganization.of(service, Plan.ENTERPRISE);

    static Stream<Arguments> fields() {
        return Stream.of(
                bad("event_type", "\"NOPE\"", "must be one of AINOTE, "),
                bad("event_type", "\"ainote\"", "must be one of"),
                bad("event_type", "\"\"", "must be one of"),
                bad("event_type", "null", "must not be null"),
                bad("event_type", "7", "must be a text"),
                bad("target_url", "null", "must not be null"),
                bad("target_url", "7", "must be a text"),
                bad("target_url", "[\"https://example.com\"]", "must be a text"),
                bad("target_url", "\"\"", "begins with https://"),
                bad("target_url", "\"example.com\"", "begins with https://"),
                bad("target_url", "\"http://example.com/\"", "must use HTTPS"),
                bad("target_url", "\"HTTP://example.com/\"", "must use HTTPS"),
                bad("target_url", "\"ftp://example.com/\"", "must use HTTPS"),
                bad("target_url", "\"file:///etc/passwd\"", "must use HTTPS"),
                bad("target_url", "\"javascript:alert(1)\"", "must use HTTPS"),
                bad("target_url", "\"https:/example.com\"", "begins with https://"),
                bad("target_url", "\"https:\"", "begins with https://"),
                bad("target_url", "\"https://\"", "must have a host"),
                bad("target_url", "\"https:///path\"", "must have a host"),
                bad("target_url", "\"https://:443/\"", "must have a host"),
                bad("target_url", "\"https://a b.com/\"", "spaces"),
                bad("target_url", "\" https://example.com/\"", "spaces"),
                bad("target_url", "\"https://example.com/\\n\"", "control characters"),
                bad("target_url", "\"https://example.com/\\u0000\"", "control characters"),
                bad("target_url", "\"https:\\\\\\\\example.com\"", "backslashes"),
                bad("target_url", "\"https://u:p@example.com/\"", "user name"),
                bad("target_url", "\"https://u@example.com/\"", "user name"),
                bad("target_url", "\"https://example.com/#f\"", "fragment"),
                bad("target_url", "\"https://example.com:0/\"", "port"),
                bad("target_url", "\"https://example.com:65536/\"", "port"),
                bad("target_url", "\"https://example.com:/\"", "port"),
                bad("target_url", "\"https://example.com:80:80/\"", "port"),
                bad("target_url", "\"https://example.com:a/\"", "port"),
                bad("target_url", "\"https://exa_mple.com/\"", "letters, digits and hyphens"),
                bad("target_url", "\"https://-a.com/\"", "letters, digits and hyphens"),
                bad("target_url", "\"https://a..com/\"", "letters, digits and hyphens"),
                bad("target_url", "\"https://%65xample.com/\"", "letters, digits and hyphens"),
                bad("target_url", "\"https://127.1/\"", "non-canonical IPv4 address"),
                bad("target_url", "\"https://0x7f000001/\"", "non-canonical IPv4 address"),
                bad("target_url", "\"https://2130706433/\"", "non-canonical IPv4 address"),
                bad("target_url", "\"https://0177.0.0.1/\"", "non-canonical IPv4 address"),
                bad("target_url", "\"https://256.1.1.1/\"", "non-canonical IPv4 address"),
                bad("target_url", "\"https://[::ffff:127.0.0.1]/\"", "IPv6"),
                bad("target_url", "\"https://[fe80::1%25eth0]/\"", "zone"),
                bad("target_url", "\"https://[zz]/\"", "IPv6"),
                bad("target_url", "\"https://127.0.0.1/\"", "loopback 127.0.0.0/8"),
                bad("target_url", "\"https://[::1]:8443/\"", "loopback"),
                bad("target_url", "\"https://10.1.2.3/\"", "private use 10.0.0.0/8"),
                bad("target_url", "\"https://169.254.169.254/\"", "link-local"),
                bad("target_url", "\"https://[fd00:ec2::254]/\"", "unique local"),
                bad("target_url", "\"https://[64:ff9b::7f00:1]/\"", "loopback"),
                bad("target_url", "\"https://example.com/{a}\"", "RFC 3986"),
                bad("target_url", "\"https://example.com/%zz\"", "RFC 3986"),
                bad("target_url", "\"https://example.com/" + "a".repeat(2048) + "\"", "2048"),
                bad("target_type", "1", "must be 2"),
                bad("target_type", "2.5", "whole number"),
                bad("target_type", "\"2\"", "whole number"),
                bad("target_type", "99999999999", "whole number"),
                bad("is_active", "null", "must not be null"),
                bad("is_active", "\"true\"", "true or false"),
                bad("is_active", "1", "true or false"),
                bad("name", "\"\"", "blank"),
                bad("name", "\"  \"", "blank"),
                bad("name", "\"" + "n".repeat(101) + "\"", "at most 100"),
                bad("name", "\"a\\u0000b\"", "control characters"),
                bad("name", "\"a\\nb\"", "control characters"),
                bad("name", "\"\\ud83d\"", "control characters"),
                bad("name", "[]", "must be a text"),
                bad("teams", "\"" + acme.team() + "\"", "must be a list"),
                bad("teams", "[7]", "must be a uuid"),
                bad("teams", "[null]", "must be a uuid"),
                bad("teams", "[\"1-1-1-1-1\"]", "must be a uuid"),
                bad("teams", "[\"00000000-0000-0000-0000-000000000000\"]", "no team is"),
                bad("team", "[]", "nearest one is teams"),
                bad("Teams", "[]", "nearest one is teams"),
                bad("targeturl", "\"\"", "nearest one is target_url"),
                bad("active", "true", "nearest one is is_active"),
                bad("uuid", "\"" + acme.team() + "\"", "is read-only"),
                bad("created", "null", "is read-only"),
                bad("deleted_teams", "[]", "is read-only"),
                bad("inactive_reason", "null", "is read-only"),
                bad("headers", "{}", "must be a list"),
                bad("headers", "[\"A: b\"]", "must be an object"),
                bad("headers", "[{\"value\":\"v\"}]", "is required"),
                bad("headers", "[{\"name\":\"A\"}]", "is required"),
                bad("headers", "[{\"name\":\"A\",\"secret\":true}]", "no secret A to keep"),
                bad("headers", "[{\"name\":7,\"value\":\"v\"}]", "must be a text"),
                bad("headers", "[{\"name\":\"A\",\"value\":7}]", "must be a text"),
                bad(
                        "headers",
                        "[{\"name\":\"A\",\"value\":\"v\",\"secret\":\"y\"}]",
                        "true or false"),
                bad(
                        "headers",
                        "[{\"name\":\"A\",\"value\":\"v\",\"secrets\":1}]",
                        "nearest one is secret"),
                bad("headers", header("", "v"), "header name"),
                bad("headers", header("A B", "v"), "header name"),
                bad("headers", header("A:", "v"), "header name"),
                bad("headers", header("É", "v"), "header name"),
                bad("headers", header("A".repeat(129), "v"), "at most 128"),
                bad("headers", header("A", "v".repeat(4097)), "at most 4096"),
                bad("headers", header("A", "a\\r\\nB: c"), "line breaks"),
                bad("headers", header("A", "a\\u0000"), "printable ASCII"),
                bad("headers", header("A", "ä"), "printable ASCII"),
                bad("headers", header("A", " a"), "begin or end"),
                bad("headers", header("Host", "a"), "Host is reserved"),
                bad("headers", header("hOST", "a"), "reserved"),
                bad("headers", header("Connection", "a"), "reserved"),
                bad("headers", header("Keep-Alive", "a"), "reserved"),
                bad("headers", header("TE", "a"), "reserved"),
                bad("headers", header("Trailer", "a"), "reserved"),
                bad("headers", header("Transfer-Encoding", "a"), "reserved"),
                bad("headers", header("Upgrade", "a"), "reserved"),
                bad("headers", header("Expect", "a"), "reserved"),
                bad("headers", header("Content-Type", "a"), "reserved"),
                bad("headers", header("content-length", "1"), "reserved"),
                bad("headers", header("Proxy-Authorization", "a"), "reserved"),
                bad("headers", header("webhook-id", "a"), "reserved"),
                bad("headers", header("webhooks-test", "a"), "reserved"),
                bad("headers", header("X-Avoma-Signature", "a"), "reserved"),
                bad("headers", header("traceparent", "a"), "reserved"),
                bad("headers", header("tracestate", "a"), "reserved"),
                bad(
                        "headers",
                        "[{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"a\",\"value\":\"2\"}]",
                        "twice"),
                bad(
                        "headers",
                        "["
                                + "{\"name\":\"A\",\"value\":\"1\"},".repeat(20)
                                + "{\"name\":\"B\",\"value\":\"1\"}]",
                        "at most 20"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("fields")
    void namesTheFieldAndTheRule(String field, String json, String rule) {
        var body =
                "{\"event_type\":\"AINOTE\",\"target_url\":\"https://example.com/\",\"%s\":%s}"
                        .formatted(field, json);
        // a field that is there twice is refused for that, so the good one gives way
        if (field.equals("event_type")) {
            body = body.replaceFirst("\"event_type\":\"AINOTE\",", "");
        } else if (field.equals("target_url")) {
            body = body.replaceFirst("\"target_url\":\"https://example.com/\",", "");
        }
        var before = count();

        var answer = service.post(acme.admin(), "/v1/webhooks/", body);

        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.raw().headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(answer.text("detail")).contains(rule).startsWith(field);
        assertThat(answer.json().path("errors").get(0).path("field").asString()).startsWith(field);
        assertThat(count()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | event_type: is required; target_url: is required",
                "{} | event_type: is required; target_url: is required",
                "[] | The body must be one JSON object.",
                "null | The body must be one JSON object.",
                "7 | The body must be one JSON object.",
                "{ | The body is not JSON",
                "nonsense | The body is not JSON",
                "{} {} | The body is not JSON",
                "{\"name\":\"a\",\"name\":\"b\"} | The body is not JSON: Duplicate",
            })
    void refusesABodyThatIsNoWebhook(String body, String detail) {
        var answer = service.post(acme.admin(), "/v1/webhooks/", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("detail")).startsWith(detail);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "PATCH | /v1/webhooks/signing-secret/ | {} | 400 | is required",
                "PATCH | /v1/webhooks/signing-secret/ | {\"signing_secret\":null} | 400 | is"
                        + " required",
                "PATCH | /v1/webhooks/signing-secret/ | {\"signing_secret\":7} | 400 | text",
                "PATCH | /v1/webhooks/signing-secret/ | {\"signing_secret\":\"too short\"} | 400 |"
                        + " 16 to 128",
                "PATCH | /v1/webhooks/signing-secret/ |"
                        + " {\"signing_secret\":\"sixteen-chars-\\u00e4\\u00e4\"} | 400 | ASCII",
                "PATCH | /v1/webhooks/signing-secret/ | {\"signing_secret\":\"sixteen chars\\u0000"
                        + " ok\"} | 400 | ASCII",
                "PATCH | /v1/webhooks/signing-secret/ | {\"secret\":\"sixteen-chars-ok-\"} | 400 |"
                        + " nearest one is signing_secret",
                "POST | /v1/webhooks/signing-secret/rotate/ | {\"overlap\":\"1 day\"} | 400 | ISO"
                        + " 8601",
                "POST | /v1/webhooks/signing-secret/rotate/ | {\"overlap\":\"-PT1H\"} | 400 | PT0S",
                "POST | /v1/webhooks/signing-secret/rotate/ | {\"overlap\":\"P9999D\"} | 400 |"
                        + " P30D",
                "POST | /v1/webhooks/signing-secret/rotate/ |"
                        + " {\"overlap\":\"PT9999999999999999999S\"} | 400 | ISO 8601",
                "POST | /v1/webhooks/signing-secret/rotate/ | {\"overlap\":86400} | 400 | text",
                "POST | /v1/api-keys/ | {\"name\":\"\"} | 400 | blank",
                "POST | /v1/api-keys/ | {\"names\":\"a\"} | 400 | nearest one is name",
                "GET | /v1/webhooks/?limit=0 | | 400 | from 1 to 200",
                "GET | /v1/webhooks/?limit=201 | | 400 | from 1 to 200",
                "GET | /v1/webhooks/?limit=x | | 400 | from 1 to 200",
                "GET | /v1/webhooks/?cursor=x | | 400 | cursor",
                "GET | /v1/webhooks/?cursor= | | 400 | cursor",
                "GET | /v1/webhooks/?page=2 | | 400 | page: is not a parameter",
                "GET | /v1/webhooks/not-a-uuid/ | | 404 | no such webhook",
                "GET | /v1/webhooks/1-1-1-1-1/ | | 404 | no such webhook",
                "GET | /v1/webhooks/%00/ | | 400 | The path",
                "GET | /v1/webhooks/x%2Fy/ | | 400 | The path",
                "GET | /v1/webhooks;x=y/ | | 400 | The path",
                "GET | /v1/events/%2E%2E/ | | 400 | The path",
                "PATCH | /v1/webhooks/00000000-0000-0000-0000-000000000000/ | {} | 404 | no such"
                        + " webhook",
                "DELETE | /v1/webhooks/00000000-0000-0000-0000-000000000000/ | | 404 | no such"
                        + " webhook",
                "DELETE | /v1/api-keys/%00/ | | 400 | The path",
                "DELETE | /v1/api-keys/nothing/ | | 404 | no such API key",
                "GET | /v1/nothing/ | | 404 | nothing at this path",
                "PUT | /v1/webhooks/ | {} | 405 | POST",
                "TRACE | /v1/webhooks/ | | 400 | the method is none",
            })
    void answersEveryOtherFaultInWords(
            String method, String path, String body, int status, String detail) {
        var answer = service.call(method, acme.admin(), path, body);

        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.raw().headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(answer.text("detail")).contains(detail);
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        var body = "{\"name\":\"" + "n".repeat(300_000) + "\"}";

        var answer = service.post(acme.admin(), "/v1/webhooks/", body);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text("detail")).contains("256 KiB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/plain; charset=utf-8",
                "application/xml",
                "application/octet-stream",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/json",
                "*/*",
                "nonsense"
            })
    void readsNothingThatSaysThatItIsSomethingElseThanJson(String type) {
        var body = "{\"event_type\":\"AINOTE\",\"target_url\":\"https://example.com/\"}";
        var before = count();

        for (var method : List.of("POST", "PATCH")) {
            var path =
                    method.equals("POST")
                            ? "/v1/webhooks/"
                            : "/v1/webhooks/00000000-0000-0000-0000-000000000000/";
            var answer = service.call(method, acme.admin(), path, body, "Content-Type", type);

            assertThat(answer.status()).as("%s", answer).isEqualTo(415);
            assertThat(answer.raw().headers().firstValue("Content-Type"))
                    .hasValue("application/problem+json");
            assertThat(answer.text("detail")).contains("application/json");
        }
        assertThat(count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "APPLICATION/JSON; charset=UTF-8",
                "application/merge-patch+json",
                "application/vnd.acme+json"
            })
    void readsEveryKindOfJson(String type) {
        var answer =
                service.call("POST", acme.admin(), "/v1/webhooks/", "{}", "Content-Type", type);

        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.text("detail")).startsWith("event_type: is required");
    }

    @Test
    void takesABodyThatSaysNothingForJson() throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(service.address() + "/v1/webhooks/"))
                        .header("Authorization", "Bearer " + acme.admin())
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("event_type: is required");
        }
    }

    /// As `curl -X POST -d ''` does.
    @Test
    void doesNotMindTheTypeOfNothing() {
        var answer =
                service.call(
                        "POST",
                        acme.admin(),
                        "/v1/webhooks/",
                        "",
                        "Content-Type",
                        "application/x-www-form-urlencoded");

        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.text("detail")).startsWith("event_type: is required");
    }

    @Test
    void matchesNoTagWithTheSigningSecret() {
        var path = "/v1/webhooks/signing-secret/";
        var body = "{\"signing_secret\":\"sixteen chars or more\"}";
        var set = service.call("PATCH", acme.admin(), path, body, "If-Match", "\"1\"");
        var deleted = service.call("DELETE", acme.admin(), path, null, "If-Match", "\"1\"");

        assertThat(set.status()).as("%s", set).isEqualTo(412);
        assertThat(deleted.status()).as("%s", deleted).isEqualTo(412);
        assertThat(service.get(acme.admin(), path).text("signing_secret")).isEmpty();
        var any = service.call("PATCH", acme.admin(), path, body, "If-Match", "*");
        assertThat(any.status()).as("%s", any).isEqualTo(200);
        service.delete(acme.admin(), path);
    }

    @Test
    void takesAnInternationalHostInPunycode() {
        var answer = acme.webhook("AINOTE", "https://bücher.example/weg?q=ü");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text("target_url"))
                .isEqualTo("https://xn--bcher-kva.example/weg?q=%C3%BC");
        service.delete(acme.admin(), "/v1/webhooks/" + answer.text("uuid") + "/");
    }

    private static int count() {
        return service.get(acme.admin(), "/v1/webhooks/").json().path("count").asInt();
    }

    private static Arguments bad(String field, String json, String rule) {
        return Arguments.of(field, json, rule);
    }

    private static String header(String name, String value) {
        return "[{\"name\":\"" + name + "\",\"value\":\"" + value + "\"}]";
    }
}
