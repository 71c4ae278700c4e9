package com.avoma.webhooks.common.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/// What the host of a URL is before any look-up: a name, an address, or a spelling of an address
/// that other programs might read as another one. WHATWG URL, "ends in a number checker", decides
/// which hosts are meant as IPv4 addresses.
public sealed interface HostLiteral {
    /// A name to look up.
    record Name(String name) implements HostLiteral {}

    /// An address in its canonical family: four decimal parts, or IPv6 in brackets.
    record Address(InetAddress address) implements HostLiteral {}

    /// Refused whatever the policy says.
    ///
    /// @param rule why, for a message
    record Refused(String rule) implements HostLiteral {}

    /// Judges a host as it stands in a URL, IPv6 in brackets.
    static HostLiteral of(String host) {
        if (host.startsWith("[")) {
            return host.endsWith("]")
                    ? version6(host.substring(1, host.length() - 1))
                    : new Refused("not an IPv6 address");
        }
        if (host.isEmpty() || host.indexOf(':') >= 0) {
            return new Refused("not a host name");
        }
        if (Forms.CANONICAL_V4.matcher(host).matches()) {
            return new Address(parse(host));
        }
        var name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        var last = name.substring(name.lastIndexOf('.') + 1);
        return Forms.NUMBER.matcher(last).matches()
                ? new Refused("non-canonical IPv4 address")
                : new Name(host);
    }

    private static HostLiteral version6(String text) {
        if (text.indexOf('%') >= 0) {
            return new Refused("IPv6 zone identifier");
        }
        if (text.indexOf(':') < 0 || !Forms.V6_CHARACTERS.matcher(text).matches()) {
            return new Refused("not an IPv6 address");
        }
        try {
            var address = InetAddress.ofLiteral(text);
            // Java turns ::ffff:a.b.c.d into an IPv4 address
            return address.getAddress().length == 16
                    ? new Address(address)
                    : new Refused("IPv4-mapped IPv6 address");
        } catch (IllegalArgumentException _) {
            return new Refused("not an IPv6 address");
        }
    }

    private static InetAddress parse(String canonical) {
        var parts = canonical.split("\\.", -1);
        var bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /// The spellings.
    final class Forms {
        private static final String PART = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
        static final Pattern CANONICAL_V4 = Pattern.compile(PART + "(\\." + PART + "){3}");
        static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");
        static final Pattern V6_CHARACTERS = Pattern.compile("[0-9a-fA-F:.]+");

        private Forms() {}
    }
}
