package com.avoma.webhooks.config.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "https://example.com/",
                "https://example.com/a/b?c=d&e=%20f",
                "https://example.com?x=1",
                "https://EXAMPLE.com:8443/Path",
                "https://localhost:9443/hook",
                "https://a-b.c1.example./",
                "https://192.0.2.1/",
                "https://[2001:db8::1]:443/x",
                "https://xn--bcher-kva.example/"
            })
    void keepsWhatIsInOrderAsItIs(String url) {
        assertThat(TargetUrl.of(url, 2048))
                .isInstanceOfSatisfying(
                        TargetUrl.Accepted.class, a -> assertThat(a.text()).isEqualTo(url));
    }

    @ParameterizedTest
    @CsvSource({
        "https://bücher.example/,https://xn--bcher-kva.example/",
        "https://例え.テスト/ä,https://xn--r8jz45g.xn--zckzah/%C3%A4",
        "HTTPS://example.com/,https://example.com/",
        "https://example。com/,https://example.com/"
    })
    void storesAscii(String url, String stored) {
        assertThat(TargetUrl.of(url, 2048))
                .isInstanceOfSatisfying(
                        TargetUrl.Accepted.class, a -> assertThat(a.text()).isEqualTo(stored));
    }

    @Test
    void limitsTheEncodedLengthToo() {
        var url = "https://example.com/" + "ä".repeat(20);
        assertThat(TargetUrl.of(url, 60)).isInstanceOf(TargetUrl.Rejected.class);
    }

    @Test
    void neverFailsAndNeverStoresWhatIsNoHttpsUrl() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var alphabet = "https://:@#?[]%._-aZ0x19\\ \t\u0000é。{}";
        for (int i = 0; i < 20_000; i++) {
            var url = new StringBuilder(random.nextBoolean() ? "https://" : "");
            for (int length = random.nextInt(30); length > 0; length--) {
                url.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            switch (TargetUrl.of(url.toString(), 2048)) {
                case TargetUrl.Accepted(var text, var host) -> {
                    assertThat(text).as("seed %d: %s", seed, url).matches("https://[!-~]+");
                    assertThat(java.net.URI.create(text).getHost())
                            .as("seed %d: %s", seed, url)
                            .isEqualTo(host);
                }
                case TargetUrl.Rejected(var rule) -> assertThat(rule).startsWith("must ");
            }
        }
    }
}
