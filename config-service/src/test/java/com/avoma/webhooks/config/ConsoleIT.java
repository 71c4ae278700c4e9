package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.attempt.AttemptRecord.Outcome;
import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.json.Payload;
import io.netty.pkitesting.CertificateBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The console with the quickstart's login, as a browser without scripts sees it.
class ConsoleIT {
    private static final UUID ORGANIZATION = UUID.randomUUID();
    private static final String PASSWORD = "correct horse & staple";

    private static RunningService service;
    private static TestOrganization organization;

    private ConsoleSession browser;

    @BeforeAll
    static void startsTheService() {
        service =
                RunningService.start(
                        RunningService.Parts.fresh(),
                        "--spring.profiles.active=quickstart",
                        "--webhooks.console.username=admin",
                        "--webhooks.console.password=" + PASSWORD,
                        "--webhooks.console.organization=" + ORGANIZATION);
        organization = new TestOrganization(service, ORGANIZATION, UUID.randomUUID());
        organization.becomes(Plan.ENTERPRISE);
        await().until(() -> service.get(organization.admin(), "/v1/webhooks/").status() == 200);
    }

    @AfterAll
    static void stopsTheService() {
        if (service != null) {
            service.close();
        }
    }

    @BeforeEach
    void opensABrowser() {
        browser = new ConsoleSession(service.address());
    }

    @Test
    void asksToSignInFirst() throws Exception {
        var page = browser.get("/");
        assertThat(page.uri().getPath()).isEqualTo("/login");
        assertThat(page.body())
                .contains("Sign in")
                .doesNotContain("Signing Secret", "not known", "signed out");
    }

    @Test
    void showsTheOrganizationsWebhooksToItsAdmin() throws Exception {
        assertThat(organization.webhook("AINOTE", "https://example.com/<b>hooks").status())
                .isEqualTo(400);
        assertThat(organization.webhook("AINOTE", "https://example.com/hooks?a=1&b=2").status())
                .isEqualTo(201);

        var page = browser.signIn("admin", PASSWORD);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.uri().getPath()).isEqualTo("/");
        assertThat(page.body())
                .contains("AI notes ready", "https://example.com/hooks?a=1&amp;b=2", "All members")
                .contains("Requests are sent without a signature");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "*");
    }

    @Test
    void addsEditsAndDeletesAWebhook() throws Exception {
        var token = ConsoleSession.csrf(browser.signIn("admin", PASSWORD));
        var dialog = browser.get("/console/webhooks/new").body();
        assertThat(dialog)
                .contains("AI notes ready", "Only members in specific teams", "of 50 used")
                .contains("&quot;event_type&quot; : &quot;AINOTE&quot;");
        assertThat(
                        browser.get(
                                        "/console/webhooks/sample?event_type=MEETING_BOOKED_VIA_SCHEDULER")
                                .body())
                .contains("MEETING_BOOKED_VIA_SCHEDULER", "invitee_details");

        var refused =
                browser.submit(
                        "/console/webhooks",
                        token,
                        "name",
                        "<b>Mine</b>",
                        "event_type",
                        "AINOTE",
                        "target_url",
                        "http://example.com/hook",
                        "scope",
                        "teams",
                        "header_name",
                        "Host",
                        "header_value",
                        "x",
                        "header_kind",
                        "plain");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("Choose at least one team", "&lt;b&gt;Mine&lt;/b&gt;", "value=\"Host\"");
        var named =
                browser.submit(
                        "/console/webhooks",
                        token,
                        "name",
                        "x".repeat(101),
                        "event_type",
                        "AINOTE",
                        "target_url",
                        "https://example.com/hook",
                        "scope",
                        "all");
        assertThat(named.body()).contains("id=\"name-fault\"").doesNotContain("id=\"url-fault\"");
        var faulty =
                browser.submit(
                        "/console/webhooks",
                        token,
                        "name",
                        "Mine",
                        "event_type",
                        "AINOTE",
                        "target_url",
                        "http://example.com/hook",
                        "scope",
                        "all",
                        "header_name",
                        "Host",
                        "header_value",
                        "x",
                        "header_kind",
                        "plain");
        assertThat(faulty.statusCode()).isEqualTo(422);
        assertThat(faulty.body())
                .contains("id=\"url-fault\"", "https", "class=\"text-danger fault\"");

        var added =
                browser.submit(
                        "/console/webhooks",
                        token,
                        "name",
                        "Mine",
                        "event_type",
                        "AINOTE",
                        "target_url",
                        "https://example.com/mine",
                        "scope",
                        "all",
                        "header_name",
                        "Authorization",
                        "header_value",
                        "Bearer very-secret",
                        "header_kind",
                        "secret");
        assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
        assertThat(added.headers().firstValue("HX-Redirect")).hasValue("/?done=webhook_added");
        assertThat(browser.get("/?done=webhook_added").body())
                .contains("Mine", "The webhook is added");
        var uuid = uuidOf("Mine");

        var edit = browser.get("/console/webhooks/" + uuid + "/edit").body();
        assertThat(edit).contains("Save and apply", "Authorization").doesNotContain("very-secret");
        var saved =
                browser.submit(
                        "/console/webhooks/" + uuid,
                        token,
                        "version",
                        "1",
                        "name",
                        "Yours",
                        "event_type",
                        "AINOTE",
                        "target_url",
                        "https://example.com/mine",
                        "scope",
                        "all",
                        "header_name",
                        "Authorization",
                        "header_value",
                        "",
                        "header_kind",
                        "secret");
        assertThat(saved.headers().firstValue("HX-Redirect")).hasValue("/?done=webhook_saved");
        var seen = service.get(organization.admin(), "/v1/webhooks/" + uuid + "/").json();
        assertThat(seen.path("name").asString()).isEqualTo("Yours");
        assertThat(seen.path("headers").toString())
                .isEqualTo("[{\"name\":\"Authorization\",\"secret\":true}]");
        var stale =
                browser.submit(
                        "/console/webhooks/" + uuid,
                        token,
                        "version",
                        "1",
                        "event_type",
                        "AINOTE",
                        "target_url",
                        "https://example.com/mine");
        assertThat(stale.statusCode()).isEqualTo(422);
        assertThat(stale.body()).contains("Somebody else changed this webhook");

        service.patch(organization.admin(), "/v1/webhooks/" + uuid + "/", "{\"is_active\":false}");
        assertThat(browser.get("/").body()).contains("switched off by an admin");
        browser.submit("/console/webhooks/" + uuid + "/activate", token);
        assertThat(
                        service.get(organization.admin(), "/v1/webhooks/" + uuid + "/")
                                .json()
                                .path("is_active")
                                .asBoolean())
                .isTrue();

        assertThat(browser.get("/console/webhooks/" + uuid + "/delete").body())
                .contains("Yours", "https://example.com/mine", "AI notes ready", "permanent");
        var deleted = browser.submit("/console/webhooks/" + uuid + "/delete", token);
        assertThat(deleted.headers().firstValue("HX-Redirect")).hasValue("/?done=webhook_deleted");
        var gone = browser.load("/console/webhooks/" + uuid + "/edit");
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(gone.headers().firstValue("HX-Retarget")).hasValue("#alerts");
        assertThat(gone.body()).contains("There is no such webhook");
    }

    @Test
    void keepsTheClientCertificateOfAWebhookThatIsEdited() throws Exception {
        var client =
                new CertificateBuilder()
                        .subject("CN=Avoma")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        var pair =
                Map.of(
                        "certificate", client.getCertificatePEM(),
                        "private_key", client.getPrivateKeyPEM());
        var made =
                service.post(
                        organization.admin(),
                        "/v1/webhooks/",
                        """
                        {"event_type":"AINOTE","target_url":"https://example.com/","name":"Strict",
                         "client_certificate":%s}
                        """
                                .formatted(new String(Json.write(pair), StandardCharsets.UTF_8)));
        var path = "/v1/webhooks/" + made.text("uuid") + "/";
        var token = ConsoleSession.csrf(browser.signIn("admin", PASSWORD));

        var saved =
                browser.submit(
                        "/console/webhooks/" + made.text("uuid"),
                        token,
                        "version",
                        "1",
                        "name",
                        "Strict still",
                        "event_type",
                        "AINOTE",
                        "target_url",
                        "https://example.com/elsewhere",
                        "scope",
                        "all");

        assertThat(saved.headers().firstValue("HX-Redirect")).hasValue("/?done=webhook_saved");
        var seen = service.get(organization.admin(), path).json();
        assertThat(seen.path("name").asString()).isEqualTo("Strict still");
        assertThat(seen.path("client_certificate").path("subject").asString())
                .isEqualTo("CN=Avoma");
        service.delete(organization.admin(), path);
    }

    @Test
    void showsTheSigningSecretOnlyToThoseWhoAsk() throws Exception {
        var token = ConsoleSession.csrf(browser.signIn("admin", PASSWORD));
        assertThat(browser.get("/console/signing-secret/generate").body()).contains("Generate");

        browser.submit("/console/signing-secret/generate", token);
        var secret =
                service.get(organization.admin(), "/v1/webhooks/signing-secret/")
                        .text("signing_secret");
        assertThat(secret).hasSize(64);
        assertThat(browser.get("/").body()).contains("Regenerate", "••••").doesNotContain(secret);
        var revealed = browser.submit("/console/signing-secret/reveal", token);
        assertThat(revealed.body()).contains(secret);
        assertThat(revealed.headers().firstValue("Cache-Control").orElseThrow())
                .contains("no-store");
        assertThat(
                        service.get(organization.admin(), "/v1/audit-log/?limit=1")
                                .json()
                                .at("/results/0/action")
                                .asString())
                .isEqualTo("signing_secret.revealed");

        assertThat(browser.get("/console/signing-secret/generate").body())
                .contains("stops working");
        browser.submit("/console/signing-secret/generate", token, "overlap", "PT24H");
        assertThat(browser.get("/").body()).contains("still signs in").doesNotContain(secret);
        service.delete(organization.admin(), "/v1/webhooks/signing-secret/");
    }

    @Test
    void issuesAnApiKeyThatIsShownOnce() throws Exception {
        var token = ConsoleSession.csrf(browser.signIn("admin", PASSWORD));
        assertThat(browser.get("/console/api-keys").body()).contains("You have no API keys");
        var refused = browser.submit("/console/api-keys", token, "name", "x".repeat(101));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("id=\"key-fault\"");

        var issued = browser.submit("/console/api-keys", token, "name", "Nightly <script>");
        var credentials = Pattern.compile("[0-9a-f]{32}:[\\w-]+").matcher(issued.body());
        assertThat(credentials.find()).as(issued.body()).isTrue();
        assertThat(service.get(credentials.group(), "/v1/webhooks/").status()).isEqualTo(200);
        var page = browser.get("/console/api-keys").body();
        assertThat(page)
                .contains("Nightly &lt;script&gt;")
                .doesNotContain(credentials.group().substring(33));

        var key = credentials.group().substring(0, 32);
        assertThat(browser.get("/console/api-keys/" + key + "/delete").body())
                .contains("Nightly", key);
        var deleted = browser.submit("/console/api-keys/" + key + "/delete", token);
        assertThat(deleted.headers().firstValue("HX-Redirect"))
                .hasValue("/console/api-keys?done=key_deleted");
        assertThat(service.get(credentials.group(), "/v1/webhooks/").status()).isEqualTo(401);
        assertThat(browser.get("/console/audit-log").body())
                .contains("Api key created", "Api key deleted", "admin", "127.0.0.1");
    }

    @Test
    void saysWhatIsWrongWithASignature() throws Exception {
        var token = ConsoleSession.csrf(browser.signIn("admin", PASSWORD));
        assertThat(browser.get("/console/verification").body())
                .contains("X-Avoma-Signature", "Node.js", "hash_hmac");
        var form = new String[] {"body", "{}", "signature", "sha256=x", "secret", "s"};
        assertThat(browser.submit("/console/verification", token, form).body())
                .contains("not a signature of ours");
    }

    @Test
    void saysWhatThePlanHas() throws Exception {
        browser.signIn("admin", PASSWORD);
        assertThat(browser.get("/").body()).contains("up to 50 webhooks for each trigger event");

        organization.becomes(Plan.STARTUP);
        await().until(() -> browser.get("/").body().contains("not available on the Startup plan"));
        assertThat(browser.get("/").body()).contains("Organization or the Enterprise plan");

        organization.becomes(Plan.ENTERPRISE);
        await().until(() -> browser.get("/").body().contains("up to 50 webhooks"));
    }

    @Test
    void sendsScriptsWhoseSessionIsOverToSignIn() throws Exception {
        var answer = browser.load("/console/webhooks/new");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("HX-Redirect")).hasValue("/login");
    }

    @Test
    void refusesAWrongPassword() throws Exception {
        var page = browser.signIn("admin", "wrong");
        assertThat(page.uri().getPath()).isEqualTo("/login");
        assertThat(page.body()).contains("not known");
        assertThat(browser.get("/").uri().getPath()).isEqualTo("/login");
    }

    @Test
    void refusesAFormFromElsewhere() throws Exception {
        var answer =
                browser.post(
                        "/login", "username=admin&password=" + ConsoleSession.encode(PASSWORD));
        assertThat(answer.statusCode()).isEqualTo(403);

        browser.signIn("admin", PASSWORD);
        for (var route : service.pages()) {
            if (route.startsWith("POST ")) {
                var path = route.split(" ")[1].replaceAll("\\{\\w+}", UUID.randomUUID().toString());
                var forged = browser.post(path, "_csrf=forged&name=Forged");
                assertThat(forged.statusCode()).as(route).isEqualTo(403);
                assertThat(forged.body()).as(route).contains("from an earlier session");
            }
        }
    }

    @Test
    void showsErrorsInItsOwnLook() throws Exception {
        browser.signIn("admin", PASSWORD);
        for (var path :
                new String[] {"/console/deliveries/nothing", "/nowhere", "/console/webhooks"}) {
            var page = browser.get(path);
            assertThat(page.statusCode()).as(path).isIn(404, 405);
            assertThat(page.body()).as(path).contains("There is nothing here", "Go to Webhooks");
        }
        assertThat(browser.post("/logout", "_csrf=forged").statusCode()).isEqualTo(403);
        assertThat(browser.load("/console/webhooks/nothing/edit").body())
                .contains("There is no such webhook")
                .doesNotContain("<html");
    }

    @Test
    void leadsBackToThePageThatWasAskedFor() throws Exception {
        assertThat(browser.get("/console/audit-log").uri().getPath()).isEqualTo("/login");
        assertThat(browser.signIn("admin", PASSWORD).uri().getPath())
                .isEqualTo("/console/audit-log");
    }

    @Test
    void showsWhatWasSentAndAnsweredAsText() throws Exception {
        var topics = new LogTopics(service.prefix);
        var webhook =
                UUID.fromString(
                        organization.webhook("AINOTE", "https://example.com/").text("uuid"));
        var past = new PastDeliveries(service.prefix, ORGANIZATION, webhook);
        var job =
                new DeliveryJob(
                        past.id("html"),
                        ORGANIZATION,
                        webhook,
                        1,
                        "html",
                        PastDeliveries.SOURCE,
                        "AINOTE",
                        Instant.now(),
                        "somebody",
                        1,
                        null,
                        DeliveryJob.Origin.EVENT,
                        null,
                        Payload.of("{\"a\":\"<i>\"}"));
        var sent =
                topics.publish(List.of(JobRecord.of(service.prefix + "delivery-jobs", job)))
                        .getFirst();
        var place = new Position(sent.topic(), sent.partition(), sent.offset());
        var attempt = SimulatedDelivery.attempt(job, place, Outcome.DELIVERED, 200, null, null);
        var json = new String(Json.write(attempt), StandardCharsets.UTF_8);
        topics.publish(
                List.of(
                        topics.record(
                                "delivery-attempts",
                                webhook.toString(),
                                json.replace("\"ok\"", "\"<b>ok\"")
                                        .getBytes(StandardCharsets.UTF_8))));
        past.wasDelivered("gone", Instant.now());
        topics.awaitRead();

        browser.signIn("admin", PASSWORD);

        assertThat(browser.get("/console/deliveries/" + past.id("html")).body())
                .contains("&lt;b&gt;ok", "{&quot;a&quot;:&quot;&lt;i&gt;&quot;}")
                .doesNotContain("<b>ok", "<i>");
        assertThat(browser.get("/console/deliveries/" + past.id("gone")).body())
                .contains("It is not kept any more.");
    }

    @Test
    void streamsDeliveriesUntilTheSessionIsOver() throws Exception {
        var token = ConsoleSession.csrf(browser.signIn("admin", PASSWORD));
        try (var stream =
                new Scanner(
                        browser.stream("/console/deliveries/live?status=delivered").body(),
                        StandardCharsets.UTF_8)) {
            assertThat(stream.nextLine()).isEqualTo("event:seen");
            assertThat(stream.nextLine()).startsWith("data:<div");
            browser.post("/logout", "_csrf=" + ConsoleSession.encode(token));
            assertThat(stream.tokens().anyMatch("event:over"::equals)).isTrue();
        }
        try (var again =
                new Scanner(
                        browser.stream("/console/deliveries/live").body(),
                        StandardCharsets.UTF_8)) {
            assertThat(again.nextLine()).isEqualTo("event: over");
        }
    }

    @Test
    void signsOut() throws Exception {
        var page = browser.signIn("admin", PASSWORD);
        var left =
                browser.post(
                        "/logout", "_csrf=" + ConsoleSession.encode(ConsoleSession.csrf(page)));
        assertThat(left.body()).contains("You are signed out").doesNotContain("not known");
        assertThat(browser.get("/").uri().getPath()).isEqualTo("/login");
    }

    @Test
    void givesItsSessionNoPowerOverTheApi() throws Exception {
        browser.signIn("admin", PASSWORD);
        assertThat(browser.get("/v1/webhooks/").statusCode()).isEqualTo(401);
    }

    @Test
    void isNotThereInAnyOtherProfile() {
        assertThat(RunningService.shared().get(null, "/login").status()).isEqualTo(401);
    }

    private String uuidOf(String name) {
        return service
                .get(organization.admin(), "/v1/webhooks/")
                .json()
                .path("results")
                .values()
                .stream()
                .filter(webhook -> webhook.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow()
                .path("uuid")
                .asString();
    }
}
