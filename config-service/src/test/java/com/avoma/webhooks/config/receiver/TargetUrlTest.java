package com.avoma.webhooks.config.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.egress.AddressPolicy;
import com.avoma.webhooks.common.egress.Network;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetUrlTest {
    private static final AddressPolicy PUBLIC = new AddressPolicy(List.of(), List.of());
    private static final AddressPolicy LOOPBACK =
            new AddressPolicy(List.of(Network.of("127.0.0.0/8"), Network.of("::1/128")), List.of());

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
                "https://93.184.215.14/",
                "https://[64:ff9b::5db8:d70e]/",
                "https://[2606:4700::6810:1]:443/x",
                "https://xn--bcher-kva.example/"
            })
    void keepsWhatIsInOrderAsItIs(String url) {
        assertThat(TargetUrl.of(url, 2048, PUBLIC))
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
        assertThat(TargetUrl.of(url, 2048, PUBLIC))
                .isInstanceOfSatisfying(
                        TargetUrl.Accepted.class, a -> assertThat(a.text()).isEqualTo(stored));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1|loopback 127.0.0.0/8",
                "127.255.255.254:8443|loopback 127.0.0.0/8",
                "[::1]|loopback 0:0:0:0:0:0:0:1/128",
                "0.0.0.0|this network 0.0.0.0/8",
                "[::]|unspecified",
                "10.0.0.1|private use 10.0.0.0/8",
                "172.16.0.1|private use 172.16.0.0/12",
                "172.31.255.255|private use 172.16.0.0/12",
                "192.168.1.1|private use 192.168.0.0/16",
                "100.64.0.1|shared address space",
                "169.254.169.254|link-local (cloud metadata)",
                "192.0.2.1|documentation 192.0.2.0/24",
                "198.18.0.1|benchmarking",
                "224.0.0.1|multicast",
                "255.255.255.255|limited broadcast",
                "[fe80::1]|link-local",
                "[fd00:ec2::254]|unique local",
                "[ff02::1]|multicast",
                "[2001:db8::1]|documentation",
                "[64:ff9b::a00:1]|private use 10.0.0.0/8",
                "[64:ff9b::10.0.0.1]|private use 10.0.0.0/8",
                "[2002:7f00:1::]|6to4",
                "[2001::1]|Teredo",
                "[::7f00:1]|IPv4-compatible",
                "[4000::1]|not global unicast",
                "１２７.０.０.１|loopback 127.0.0.0/8"
            })
    void refusesAnAddressThatEgressRefusesByTheRulesName(String host, String rule) {
        assertThat(TargetUrl.of("https://" + host + "/", 2048, PUBLIC))
                .isInstanceOfSatisfying(
                        TargetUrl.Rejected.class,
                        r -> assertThat(r.rule()).startsWith("must ").contains("refused", rule));
    }

    @ParameterizedTest
    @CsvSource({
        "127.1,non-canonical IPv4 address",
        "2130706433,non-canonical IPv4 address",
        "0x7f.0.0.1,non-canonical IPv4 address",
        "0177.0.0.1,non-canonical IPv4 address",
        "127.0.0.1.,non-canonical IPv4 address",
        "[::ffff:127.0.0.1],IPv4-mapped",
        "[::ffff:7f00:1],IPv4-mapped",
        "[::1%25lo],zone",
        "[::ffff:0:127.0.0.1],IPv4-translated",
        "[::127.0.0.1],IPv4-compatible",
        "[64:ff9b:1::7f00:1],local NAT64",
        "[2002:7f00:1::],6to4"
    })
    void refusesAnotherSpellingOfAnAddressEvenWhereTheAddressIsAllowed(String host, String rule) {
        assertThat(TargetUrl.of("https://" + host + "/", 2048, LOOPBACK))
                .isInstanceOfSatisfying(
                        TargetUrl.Rejected.class, r -> assertThat(r.rule()).contains(rule));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:9443", "127.8.8.8", "[::1]:9443", "localhost"})
    void acceptsLoopbackWhereItIsAllowed(String host) {
        assertThat(TargetUrl.of("https://" + host + "/", 2048, LOOPBACK))
                .isInstanceOf(TargetUrl.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "a.localhost", "printer.local", "metadata.google.internal"})
    void looksNoNameUp(String name) {
        assertThat(TargetUrl.of("https://" + name + "/", 2048, PUBLIC))
                .isInstanceOf(TargetUrl.Accepted.class);
    }

    @Test
    void refusesADeniedNetworkBeforeAnAllowedOne() {
        var policy =
                new AddressPolicy(
                        List.of(Network.of("10.0.0.0/8")), List.of(Network.of("10.9.0.0/16")));

        assertThat(TargetUrl.of("https://10.8.0.1/", 2048, policy))
                .isInstanceOf(TargetUrl.Accepted.class);
        assertThat(TargetUrl.of("https://10.9.0.1/", 2048, policy))
                .isInstanceOfSatisfying(
                        TargetUrl.Rejected.class,
                        r -> assertThat(r.rule()).contains("denied network 10.9.0.0/16"));
    }

    @Test
    void limitsTheEncodedLengthToo() {
        var url = "https://example.com/" + "ä".repeat(20);
        assertThat(TargetUrl.of(url, 60, PUBLIC)).isInstanceOf(TargetUrl.Rejected.class);
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
            switch (TargetUrl.of(url.toString(), 2048, PUBLIC)) {
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
