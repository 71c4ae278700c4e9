package com.avoma.webhooks.common.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostLiteralTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "8.8.8.8", "255.255.255.255", "0.0.0.0"})
    void readsCanonicalIpv4(String host) {
        assertThat(HostLiteral.of(host))
                .isEqualTo(new HostLiteral.Address(InetAddress.ofLiteral(host)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::1]", "[2001:db8::1]", "[64:ff9b::8.8.8.8]"})
    void readsIpv6InBrackets(String host) {
        assertThat(HostLiteral.of(host)).isInstanceOf(HostLiteral.Address.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "0x7f000001",
                "0x7f.1",
                "0177.0.0.1",
                "127.1",
                "127.0.1",
                "127.0.0.01",
                "127.0.0.1.",
                "1.2.3.256",
                "1.2.3.4.5",
                "0",
                "0x",
                "example.1",
                "foo.0x7f",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[0:0:0:0:0:ffff:7f00:1]",
                "[fe80::1%eth0]",
                "[127.0.0.1]",
                "[::1",
                "[::g]",
                "::1",
                ""
            })
    void refusesOtherSpellingsOfAddresses(String host) {
        assertThat(HostLiteral.of(host)).isInstanceOf(HostLiteral.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "a1",
                "1.example",
                "x.0a",
                "hooks.example.com.",
                "my_host.lan"
            })
    void leavesNamesToTheLookUp(String host) {
        assertThat(HostLiteral.of(host)).isEqualTo(new HostLiteral.Name(host));
    }
}
