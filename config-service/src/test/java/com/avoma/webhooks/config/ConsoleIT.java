package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The console with the quickstart's login, as a browser without scripts sees it.
class ConsoleIT {
    private static final UUID ORGANIZATION = UUID.randomUUID();
    private static final String PASSWORD = "correct horse & staple";
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private static RunningService service;
    private static TestOrganization organization;

    private final HttpClient browser =
            HttpClient.newBuilder()
                    .cookieHandler(new CookieManager())
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();

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

    @Test
    void asksToSignInFirst() throws Exception {
        var page = get("/");
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

        var page = signIn("admin", PASSWORD);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.uri().getPath()).isEqualTo("/");
        assertThat(page.body())
                .contains("AI notes ready", "https://example.com/hooks?a=1&amp;b=2", "All members")
                .contains("Requests are sent without a signature");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'");
    }

    @Test
    void refusesAWrongPassword() throws Exception {
        var page = signIn("admin", "wrong");
        assertThat(page.uri().getPath()).isEqualTo("/login");
        assertThat(page.body()).contains("not known");
        assertThat(get("/").uri().getPath()).isEqualTo("/login");
    }

    @Test
    void refusesAFormFromElsewhere() throws Exception {
        var answer = post("/login", "username=admin&password=" + encode(PASSWORD));
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void signsOut() throws Exception {
        var page = signIn("admin", PASSWORD);
        var left = post("/logout", "_csrf=" + encode(csrf(page)));
        assertThat(left.body()).contains("You are signed out").doesNotContain("not known");
        assertThat(get("/").uri().getPath()).isEqualTo("/login");
    }

    @Test
    void givesItsSessionNoPowerOverTheApi() throws Exception {
        signIn("admin", PASSWORD);
        assertThat(get("/v1/webhooks/").statusCode()).isEqualTo(401);
    }

    @Test
    void isNotThereInAnyOtherProfile() {
        assertThat(RunningService.shared().get(null, "/login").status()).isEqualTo(401);
    }

    private HttpResponse<String> signIn(String name, String password) throws Exception {
        return post(
                "/login",
                "_csrf=%s&username=%s&password=%s"
                        .formatted(encode(csrf(get("/login"))), encode(name), encode(password)));
    }

    private static String csrf(HttpResponse<String> page) {
        var field = CSRF.matcher(page.body());
        assertThat(field.find()).as(page.body()).isTrue();
        return field.group(1);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return browser.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        return browser.send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(service.address() + path));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
