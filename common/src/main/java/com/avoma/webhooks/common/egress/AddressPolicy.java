package com.avoma.webhooks.common.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which addresses may be connected to. By default public ones only: every block of IANA's IPv4 and
/// IPv6 Special-Purpose Address Registries is refused, and so are multicast, the cloud's metadata
/// addresses (they are link-local or unique-local) and whatever is not global unicast. IPv6
/// addresses that carry an IPv4 one (mapped, compatible, 6to4, Teredo, NAT64, ISATAP) are judged by
/// that one too: who routes them would reach it.
///
/// Denied networks come first, then allowed ones, then the registries. Pure: no look-up is made.
public final class AddressPolicy {
    private static final Network GLOBAL_UNICAST = Network.of("2000::/3");

    private final List<Network> allowed;
    private final List<Network> denied;

    /// What the policy says of one address.
    public sealed interface Ruling {
        record Permitted() implements Ruling {}

        /// @param rule the rule's name and block, for a message
        record Refused(String rule) implements Ruling {}
    }

    /// @param allowed permitted although they are not public
    /// @param denied refused whatever else holds
    public AddressPolicy(List<Network> allowed, List<Network> denied) {
        this.allowed = List.copyOf(allowed);
        this.denied = List.copyOf(denied);
    }

    public Ruling judge(InetAddress address) {
        return judge(address.getAddress());
    }

    /// Judges an address of 4 or 16 bytes.
    public Ruling judge(byte[] address) {
        var embedded = EmbeddedAddress.of(address);
        for (var network : denied) {
            if (network.contains(address) || (embedded != null && network.contains(embedded))) {
                return new Ruling.Refused("denied network " + network);
            }
        }
        for (var network : allowed) {
            if (network.contains(address)) {
                return new Ruling.Permitted();
            }
        }
        var special = SpecialPurpose.of(address);
        if (special != null) {
            return refusedAs(special, address, embedded);
        }
        // those of translation and tunnels have prefixes of their own, but for ISATAP
        boolean ordinary = embedded == null || EmbeddedAddress.isIsatap(address);
        if (address.length == 16 && ordinary && !GLOBAL_UNICAST.contains(address)) {
            return new Ruling.Refused("not global unicast");
        }
        return embedded == null
                ? new Ruling.Permitted()
                : switch (judge(embedded)) {
                    case Ruling.Permitted permitted -> permitted;
                    case Ruling.Refused(var rule) ->
                            new Ruling.Refused(rule + " inside " + text(address));
                };
    }

    private static Ruling refusedAs(
            SpecialPurpose special, byte[] address, byte @Nullable [] embedded) {
        var rule = special.purpose() + " " + special.network();
        return new Ruling.Refused(
                embedded == null
                        ? rule
                        : rule + " (" + text(embedded) + " in " + text(address) + ")");
    }

    /// The address as text.
    static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException _) {
            return Arrays.toString(address);
        }
    }
}
