package com.avoma.webhooks.common.egress;

import java.net.InetAddress;
import java.util.Arrays;

/// A block of IPv4 or IPv6 addresses, in CIDR notation.
public final class Network {
    private final byte[] address;
    private final int prefix;

    private Network(byte[] address, int prefix) {
        this.address = address;
        this.prefix = prefix;
    }

    /// Reads `10.0.0.0/8`, `::1/128` or a single address.
    ///
    /// @throws IllegalArgumentException where it is neither, or has bits set past the prefix
    public static Network of(String cidr) {
        int slash = cidr.indexOf('/');
        var bytes = literal(cidr, slash < 0 ? cidr : cidr.substring(0, slash));
        int bits = bytes.length * 8;
        int prefix = slash < 0 ? bits : prefix(cidr, cidr.substring(slash + 1), bits);
        for (int bit = prefix; bit < bits; bit++) {
            if ((bytes[bit / 8] & (0x80 >>> (bit % 8))) != 0) {
                throw new IllegalArgumentException(
                        "network: " + cidr + " (expected: no bits past the prefix)");
            }
        }
        return new Network(bytes, prefix);
    }

    /// `::ffff:0:0/96`, which Java's own parser would turn into an IPv4 block.
    static Network mapped() {
        var address = new byte[16];
        address[10] = (byte) 0xff;
        address[11] = (byte) 0xff;
        return new Network(address, 96);
    }

    /// Whether the address, of 4 or 16 bytes, is in the block.
    public boolean contains(byte[] candidate) {
        if (candidate.length != address.length) {
            return false;
        }
        int whole = prefix / 8;
        if (!Arrays.equals(address, 0, whole, candidate, 0, whole)) {
            return false;
        }
        int rest = prefix % 8;
        return rest == 0 || ((address[whole] ^ candidate[whole]) & 0xff) >>> (8 - rest) == 0;
    }

    private static byte[] literal(String cidr, String text) {
        var host = text.indexOf(':') >= 0 ? "[" + text + "]" : text;
        return switch (HostLiteral.of(host)) {
            case HostLiteral.Address(InetAddress address) -> address.getAddress();
            case HostLiteral.Name _ -> throw notANetwork(cidr);
            case HostLiteral.Refused _ -> throw notANetwork(cidr);
        };
    }

    private static int prefix(String cidr, String text, int bits) {
        if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch(Network::digit)) {
            throw notANetwork(cidr);
        }
        int prefix = Integer.parseInt(text);
        if (prefix > bits) {
            throw notANetwork(cidr);
        }
        return prefix;
    }

    private static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    private static IllegalArgumentException notANetwork(String cidr) {
        return new IllegalArgumentException(
                "network: " + cidr + " (expected: like 10.0.0.0/8 or fd00::/8)");
    }

    @Override
    public String toString() {
        return AddressPolicy.text(address) + "/" + prefix;
    }
}
