package com.avoma.webhooks.common.egress;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The IPv4 address that an IPv6 address carries.
final class EmbeddedAddress {
    private static final Network MAPPED = Network.of("::/80");
    private static final Network TRANSLATED = Network.of("::ffff:0:0:0/96");
    private static final Network NAT64 = Network.of("64:ff9b::/96");
    private static final Network LOCAL_NAT64 = Network.of("64:ff9b:1::/48");
    private static final Network SIX_TO_FOUR = Network.of("2002::/16");
    private static final Network TEREDO = Network.of("2001::/32");

    private EmbeddedAddress() {}

    /// Four bytes, or null where there is none.
    static byte @Nullable [] of(byte[] address) {
        if (address.length != 16) {
            return null;
        }
        if (isMappedOrCompatible(address)
                || TRANSLATED.contains(address)
                || NAT64.contains(address)
                || LOCAL_NAT64.contains(address)) {
            return Arrays.copyOfRange(address, 12, 16);
        }
        if (SIX_TO_FOUR.contains(address)) {
            return Arrays.copyOfRange(address, 2, 6);
        }
        if (isIsatap(address) && !TEREDO.contains(address)) {
            return Arrays.copyOfRange(address, 12, 16);
        }
        if (TEREDO.contains(address)) {
            // RFC 4380, 4: the client's address with every bit inverted
            var client = Arrays.copyOfRange(address, 12, 16);
            for (int i = 0; i < client.length; i++) {
                client[i] = (byte) ~client[i];
            }
            return client;
        }
        return null;
    }

    /// Whether the interface identifier of an IPv6 address is one of ISATAP (RFC 5214, 6.1), under
    /// whatever prefix: its last four bytes are the IPv4 address that packets are tunneled to.
    static boolean isIsatap(byte[] address) {
        return address.length == 16
                && (address[8] & 0xfd) == 0
                && address[9] == 0
                && address[10] == 0x5e
                && (address[11] & 0xff) == 0xfe;
    }

    private static boolean isMappedOrCompatible(byte[] address) {
        if (!MAPPED.contains(address)) {
            return false;
        }
        int marker = (address[10] & 0xff) << 8 | (address[11] & 0xff);
        return marker == 0xffff || marker == 0;
    }
}
