package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.testing.OpenIdProvider;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminsSignInByTheirProviderIT {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private static OpenIdProvider provider;
    private static RunningService service;
    private static TestOrganization acme;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient browser =
            HttpClient.newBuilder()
                    .cookieHandler(cookies)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();

    @BeforeAll
    static void starts() throws Exception {
        provider = new OpenIdProvider();
        var arguments = provider.arguments();
        arguments.add("--webhooks.publication.patience=20s");
        service =
                RunningService.start(
                        RunningService.Parts.fresh(), arguments.toArray(String[]::new));
        acme = TestOrganization.of(service, Plan.ENTERPRISE);
    }

    @AfterAll
    static void stops() {
        if (service != null) {
            service.close();
        }
        if (provider != null) {
            provider.close();
        }
    }

    @BeforeEach
    void trustsTheProvider() {
        provider.userIs(acme.uuid(), "ADMIN");
        provider.forges(false);
    }

    @Test
    void whichSaysOfWhichOrganizationTheyAre() throws Exception {
        var page = get("/");

        assertThat(page.uri().getPath()).isEqualTo("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Acme", "Enterprise", "ada", "You have no webhooks yet");
        assertThat(cookies.getCookieStore().getCookies())
                .allSatisfy(cookie -> assertThat(cookie.isHttpOnly()).isTrue());

        post("/console/signing-secret/generate", page);
        var entry = service.get(acme.admin(), "/v1/audit-log/?limit=1").json().at("/results/0");
        assertThat(entry.path("actor").asString()).isEqualTo("user:ada");
        assertThat(entry.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(entry.path("action").asString()).isEqualTo("signing_secret.rotated");
    }

    @Test
    void andMembersAreToldThatTheyAreNoAdmins() throws Exception {
        provider.userIs(acme.uuid(), "MEMBER");
        // signing in takes as many redirections as this client follows
        get("/");

        var page = get("/");

        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("You need Admin privileges");
        for (var route : service.pages()) {
            var path = route.split(" ")[1].replaceAll("\\{\\w+}", UUID.randomUUID().toString());
            if (route.startsWith("GET ")) {
                assertThat(get(path).body()).as(route).contains("You need Admin privileges");
            } else {
                assertThat(post(path, page).statusCode()).as(route).isEqualTo(403);
            }
        }
        assertThat(service.pages()).hasSizeGreaterThan(25);
    }

    @Test
    void whoseTokensAreVerified() throws Exception {
        provider.forges(true);

        var page = get("/");

        assertThat(page.uri().getPath()).isEqualTo("/login");
        assertThat(page.body()).contains("Signing in did not work");
    }

    @Test
    void untilTheySignOut() throws Exception {
        var page = get("/");
        var left = post("/logout", page);

        assertThat(left.body()).contains("You are signed out", "/oauth2/authorization/product");
        var again =
                HttpClient.newBuilder()
                        .cookieHandler(cookies)
                        .build()
                        .send(request("/").build(), BodyHandlers.ofString());
        assertThat(again.statusCode()).isEqualTo(302);
        assertThat(again.headers().firstValue("Location").orElseThrow())
                .isEqualTo("/oauth2/authorization/product");
    }

    @Test
    void andTheirSessionHasNoPowerOverTheApi() throws Exception {
        get("/");
        assertThat(get("/v1/webhooks/").statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return browser.send(request(path).build(), BodyHandlers.ofString());
    }

    /// With the token of a page's forms.
    private HttpResponse<String> post(String path, HttpResponse<String> page) throws Exception {
        var token = CSRF.matcher(page.body());
        assertThat(token.find()).as(page.body()).isTrue();
        return browser.send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("_csrf=" + token.group(1)))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(service.address() + path));
    }
}
