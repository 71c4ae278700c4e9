package com.avoma.webhooks.config.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.egress.AddressPolicy;
import com.avoma.webhooks.config.receiver.TargetUrl;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.testing.Fuzz;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whatever an admin sends, it is read as the rules have it or refused with the rule that it
/// breaks, and what was read can be sent to and sent with.
class WebhookReaderFuzzTest {
    private static final Set<String> OURS =
            Set.of("content-type", "content-length", "host", "connection", "transfer-encoding");

    private final AddressPolicy addresses = new AddressPolicy(List.of(), List.of());
    private final LimitProperties limits = new LimitProperties(20, 128, 4096, 100, 2048);
    private final WebhookReader reader =
            new WebhookReader(limits, addresses, () -> Instant.parse("2026-11-01T10:00:00Z"));

    @Test
    void readsChangesOrRefusesThem() {
        var seen =
                Fuzz.of(WebhookReaderFuzzTest.class, "webhooks")
                        .run(input -> {
                            try {
                                check(reader.patch(input));
                                return "read";
                            } catch (RefusedException e) {
                                assertThat(e.getMessage()).isNotBlank();
                                return "refused";
                            }
                        });
        assertThat(seen).containsOnlyKeys("read", "refused");
    }

    private void check(WebhookRequest request) {
        if (request.targetUrl() != null) {
            assertThat(request.targetUrl().text()).startsWith("https://");
        }
        if (request.headers() != null) {
            for (var header : request.headers()) {
                assertThat(OURS).doesNotContain(header.name().toLowerCase(Locale.ROOT));
                if (header.value() != null) {
                    // refuses what would be another header, or none
                    new DefaultHttpHeaders().add(header.name(), header.value());
                    assertThat(header.value().chars()).noneMatch(c -> c == '\r' || c == '\n');
                }
            }
        }
    }

    @Test
    void readsAddressesOrNamesTheRule() {
        var seen =
                Fuzz.of(WebhookReaderFuzzTest.class, "urls")
                        .run(input ->
                                switch (TargetUrl.of(
                                        new String(input, UTF_8), limits.url(), addresses)) {
                                    case TargetUrl.Rejected(var rule) -> rule;
                                    case TargetUrl.Accepted(var text, var host) -> {
                                        var uri = URI.create(text);
                                        assertThat(uri.getScheme()).isEqualTo("https");
                                        assertThat(uri.getUserInfo()).isNull();
                                        assertThat(uri.getRawFragment()).isNull();
                                        assertThat(uri.getHost()).isEqualTo(host);
                                        assertThat(text).matches("[!-~]+");
                                        assertThat(TargetUrl.of(text, limits.url(), addresses))
                                                .isEqualTo(new TargetUrl.Accepted(text, host));
                                        yield "accepted";
                                    }
                                });
        assertThat(seen).containsKey("accepted").hasSizeGreaterThan(5);
    }
}
