package com.avoma.webhooks.config.ratelimit;

import com.avoma.webhooks.config.web.Caller;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Whose token bucket, and how large it is.
///
/// @param name unique in the installation
/// @param perMinute its size, and how much flows back into it in a minute
record Bucket(String name, int perMinute) {
    private static final double MINUTE_SECONDS = 60;
    private static final int NETWORK_BYTES = 8;

    /// Of a caller whose credentials were found right.
    static Bucket of(Caller caller, RateProperties properties) {
        return new Bucket(
                caller.organization() + "/" + caller.actor(),
                caller.byKey()
                        ? properties.requestsPerMinute()
                        : properties.userRequestsPerMinute());
    }

    /// Of an address that credentials came from which were found wrong. Of an IPv6 address only the
    /// network counts: whoever has one has all of its 2^64 addresses.
    static Bucket of(InetAddress address, RateProperties properties) {
        var name =
                address instanceof Inet6Address six
                        ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES))
                                + "::/64"
                        : address.getHostAddress();
        return new Bucket("address/" + name, properties.requestsPerMinute());
    }

    /// Seconds in which one token flows back.
    double interval() {
        return MINUTE_SECONDS / perMinute;
    }

    /// Seconds before it is full, at most, at which it still has a token.
    double lastToken() {
        return (perMinute - 1) * interval();
    }
}
