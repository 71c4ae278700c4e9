package com.avoma.webhooks.common.egress;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A block that is not for hosts on the public internet, with what it is for. The sources are
/// IANA's IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890, RFC 8190) and, for multicast,
/// RFC 5771 and RFC 4291. Blocks that the registries call globally reachable but that no webhook
/// receiver has (anycast relays, AS112) are here too.
///
/// @param network the block
/// @param purpose what it is for, as a message names it
record SpecialPurpose(Network network, String purpose) {
    private static final List<SpecialPurpose> VERSION_4 =
            List.of(
                    block("0.0.0.0/8", "this network"),
                    block("10.0.0.0/8", "private use"),
                    block("100.64.0.0/10", "shared address space (carrier-grade NAT)"),
                    block("127.0.0.0/8", "loopback"),
                    block("169.254.0.0/16", "link-local (cloud metadata)"),
                    block("172.16.0.0/12", "private use"),
                    block("192.0.0.0/24", "IETF protocol assignments"),
                    block("192.0.2.0/24", "documentation"),
                    block("192.31.196.0/24", "AS112"),
                    block("192.52.193.0/24", "AMT"),
                    block("192.88.99.0/24", "6to4 relay anycast"),
                    block("192.168.0.0/16", "private use"),
                    block("192.175.48.0/24", "AS112"),
                    block("198.18.0.0/15", "benchmarking"),
                    block("198.51.100.0/24", "documentation"),
                    block("203.0.113.0/24", "documentation"),
                    block("224.0.0.0/4", "multicast"),
                    block("255.255.255.255/32", "limited broadcast"),
                    block("240.0.0.0/4", "reserved"));

    private static final List<SpecialPurpose> VERSION_6 =
            List.of(
                    block("::/128", "unspecified"),
                    block("::1/128", "loopback"),
                    block("::ffff:0:0:0/96", "IPv4-translated"),
                    block("::/96", "IPv4-compatible"),
                    block("64:ff9b:1::/48", "local NAT64"),
                    block("100::/64", "discard only"),
                    block("100:0:0:1::/64", "dummy prefix"),
                    block("2001::/32", "Teredo"),
                    block("2001:20::/28", "ORCHID"),
                    block("2001:30::/28", "drone remote identification"),
                    block("2001:db8::/32", "documentation"),
                    block("2001::/23", "IETF protocol assignments"),
                    block("2002::/16", "6to4"),
                    block("2620:4f:8000::/48", "AS112"),
                    block("3fff::/20", "documentation"),
                    block("5f00::/16", "segment routing"),
                    block("fc00::/7", "unique local"),
                    block("fe80::/10", "link-local"),
                    block("fec0::/10", "site-local"),
                    block("ff00::/8", "multicast"));

    private static final SpecialPurpose MAPPED =
            new SpecialPurpose(Network.mapped(), "IPv4-mapped");

    private static final Map<Integer, List<SpecialPurpose>> BY_LENGTH =
            Map.of(4, VERSION_4, 16, VERSION_6);

    /// The block that an address of 4 or 16 bytes is in; null where it is in none.
    static @Nullable SpecialPurpose of(byte[] address) {
        if (MAPPED.network().contains(address)) {
            return MAPPED;
        }
        for (var block : BY_LENGTH.getOrDefault(address.length, List.of())) {
            if (block.network().contains(address)) {
                return block;
            }
        }
        return null;
    }

    private static SpecialPurpose block(String cidr, String purpose) {
        return new SpecialPurpose(Network.of(cidr), purpose);
    }
}
