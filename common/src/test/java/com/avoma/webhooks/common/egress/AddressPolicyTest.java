package com.avoma.webhooks.common.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
    private final AddressPolicy policy = new AddressPolicy(List.of(), List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "191.255.255.255",
                "192.0.1.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "203.0.112.255",
                "203.0.114.0",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450:4001::200e",
                "2001:4860:4860::8888",
                "2003::1",
                "64:ff9b::8.8.8.8",
                "3ffe::1",
                "2a00:1450::5efe:8.8.8.8",
                "2a00:1450::5eff:10.0.0.1",
                "2a00:1450::1:5efe:a00:1",
                "2001:200::1"
            })
    void permitsPublicAddresses(String address) {
        assertThat(policy.judge(InetAddress.ofLiteral(address)))
                .isInstanceOf(AddressPolicy.Ruling.Permitted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, this network",
        "0.1.2.3, this network",
        "10.0.0.0, private use",
        "10.255.255.255, private use",
        "100.64.0.0, shared address",
        "100.127.255.255, shared",
        "100.100.100.200, shared address",
        "127.0.0.1, loopback",
        "127.255.255.255, loopback",
        "169.254.0.1, link-local",
        "169.254.169.254, cloud metadata",
        "172.16.0.0, private use",
        "172.31.255.255, private use",
        "192.0.0.1, IETF",
        "192.0.0.170, IETF",
        "192.0.2.1, documentation",
        "192.31.196.1, AS112",
        "192.52.193.1, AMT",
        "192.88.99.1, 6to4 relay",
        "192.168.0.0, private use",
        "192.168.255.255, private use",
        "192.175.48.1, AS112",
        "198.18.0.0, benchmarking",
        "198.19.255.255, benchmarking",
        "198.51.100.1, documentation",
        "203.0.113.1, documentation",
        "224.0.0.1, multicast",
        "239.255.255.255, multicast",
        "240.0.0.1, reserved",
        "254.255.255.255, reserved",
        "255.255.255.255, limited broadcast",
        "::, unspecified",
        "::1, loopback",
        "::7f00:1, IPv4-compatible",
        "::8.8.8.8, IPv4-compatible",
        "::ffff:0:7f00:1, IPv4-translated",
        "64:ff9b::127.0.0.1, loopback",
        "64:ff9b::10.1.2.3, private use",
        "64:ff9b::a9fe:a9fe, cloud metadata",
        "64:ff9b:1::1, local NAT64",
        "64:ff9b:1:ffff::8.8.8.8, local NAT64",
        "100::1, discard only",
        "100:0:0:1::1, dummy",
        "2001::1, Teredo",
        "2001:0:4136:e378:8000:63bf:80ff:fffe, Teredo",
        "2001:2::1, IETF",
        "2001:4:112::1, IETF",
        "2001:10::1, IETF",
        "2001:20::1, ORCHID",
        "2001:30::1, drone",
        "2001:db8::1, documentation",
        "2002:7f00:1::1, 6to4",
        "2002:a00:1::, 6to4",
        "2002:808:808::1, 6to4",
        "2620:4f:8000::1, AS112",
        "3fff::1, documentation",
        "3fff:fff::1, documentation",
        "5f00::1, segment routing",
        "fc00::1, unique local",
        "fd00:ec2::254, unique local",
        "fdff::1, unique local",
        "fe80::1, link-local",
        "febf::1, link-local",
        "fec0::1, site-local",
        "ff02::1, multicast",
        "ff0e::1, multicast",
        "fe80::5efe:10.0.0.1, link-local",
        "2a00:1450::5efe:10.0.0.1, private use",
        "2a00:1450::200:5efe:10.0.0.1, private use",
        "2a00:1450::5efe:169.254.169.254, cloud metadata",
        "2a00:1450::200:5efe:100.100.100.200, shared address",
        "64:ff9b::100.100.100.200, shared address",
        "fd20:ce::254, unique local",
        "192.0.0.192, IETF",
        "4000::5efe:8.8.8.8, not global unicast",
        "4000::1, not global unicast",
        "8000::1, not global unicast",
        "1::1, not global unicast",
        "fe00::1, not global unicast"
    })
    void refusesWhatIsNotPublic(String address, String rule) {
        assertThat(policy.judge(InetAddress.ofLiteral(address)))
                .isInstanceOfSatisfying(
                        AddressPolicy.Ruling.Refused.class,
                        refused -> assertThat(refused.rule()).contains(rule));
    }

    @Test
    void refusesMappedAddressesEvenWhereTheirNetworkIsAllowed() {
        var open = new AddressPolicy(List.of(Network.of("127.0.0.0/8")), List.of());
        var mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        mapped[12] = 127;
        mapped[15] = 1;

        assertThat(open.judge(mapped))
                .isInstanceOfSatisfying(
                        AddressPolicy.Ruling.Refused.class,
                        refused -> assertThat(refused.rule()).contains("IPv4-mapped"));
    }

    @Test
    void permitsAllowedNetworksAndNothingBesideThem() {
        var open =
                new AddressPolicy(
                        List.of(Network.of("127.0.0.0/8"), Network.of("::1/128")), List.of());

        assertThat(open.judge(InetAddress.ofLiteral("127.9.9.9")))
                .isInstanceOf(AddressPolicy.Ruling.Permitted.class);
        assertThat(open.judge(InetAddress.ofLiteral("::1")))
                .isInstanceOf(AddressPolicy.Ruling.Permitted.class);
        assertThat(open.judge(InetAddress.ofLiteral("10.0.0.1")))
                .isInstanceOf(AddressPolicy.Ruling.Refused.class);
    }

    @Test
    void refusesDeniedNetworksEvenInsideAllowedOnesAndInsideIpv6() {
        var narrow =
                new AddressPolicy(
                        List.of(Network.of("10.0.0.0/8")),
                        List.of(Network.of("10.6.0.0/16"), Network.of("8.8.8.0/24")));

        for (var address :
                List.of(
                        "10.6.1.1",
                        "8.8.8.8",
                        "64:ff9b::8.8.8.8",
                        "64:ff9b::10.6.0.1",
                        "2002:808:808::1",
                        // Teredo's clients are written inverted
                        "2001::f7f7:f7f7",
                        "2a00:1450::5efe:8.8.8.8")) {
            assertThat(narrow.judge(InetAddress.ofLiteral(address)))
                    .as(address)
                    .isInstanceOfSatisfying(
                            AddressPolicy.Ruling.Refused.class,
                            refused -> assertThat(refused.rule()).startsWith("denied network"));
        }
        assertThat(narrow.judge(InetAddress.ofLiteral("10.7.0.1")))
                .isInstanceOf(AddressPolicy.Ruling.Permitted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/33",
                "10.0.0.1/8",
                "::/129",
                "example.com",
                "10/8",
                "1.2.3.4/"
            })
    void refusesWhatIsNotANetwork(String cidr) {
        assertThatThrownBy(() -> Network.of(cidr))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("network: " + cidr);
    }
}
