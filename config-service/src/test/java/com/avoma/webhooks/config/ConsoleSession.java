package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// A browser without scripts, at the console with the quickstart's login.
final class ConsoleSession {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final String address;
    private final HttpClient browser =
            HttpClient.newBuilder()
                    .cookieHandler(new CookieManager())
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();

    ConsoleSession(String address) {
        this.address = address;
    }

    HttpResponse<String> signIn(String name, String password) throws Exception {
        return post(
                "/login",
                "_csrf=%s&username=%s&password=%s"
                        .formatted(encode(csrf(get("/login"))), encode(name), encode(password)));
    }

    HttpResponse<String> get(String path) throws Exception {
        return browser.send(
                request(path).header("Accept", "text/html").build(), BodyHandlers.ofString());
    }

    /// As a script in a page asks.
    HttpResponse<String> load(String path) throws Exception {
        return browser.send(
                request(path).header("HX-Request", "true").build(), BodyHandlers.ofString());
    }

    HttpResponse<InputStream> stream(String path) throws Exception {
        return browser.send(
                request(path).header("Accept", "text/event-stream").build(),
                BodyHandlers.ofInputStream());
    }

    /// As a script in a page sends a form.
    HttpResponse<String> submit(String path, String token, String... namesAndValues)
            throws Exception {
        return browser.send(
                form(path, token, namesAndValues).header("HX-Request", "true").build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String form) throws Exception {
        return browser.send(posted(path, form).build(), BodyHandlers.ofString());
    }

    /// The token of a page's forms.
    static String csrf(HttpResponse<String> page) {
        var field = CSRF.matcher(page.body());
        assertThat(field.find()).as(page.body()).isTrue();
        return field.group(1);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder form(String path, String token, String... namesAndValues) {
        var form = new StringBuilder("_csrf=" + encode(token));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append('&')
                    .append(namesAndValues[i])
                    .append('=')
                    .append(encode(namesAndValues[i + 1]));
        }
        return posted(path, form.toString());
    }

    private HttpRequest.Builder posted(String path, String form) {
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "text/html")
                .POST(BodyPublishers.ofString(form));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path));
    }
}
