package com.avoma.webhooks.config.receiver;

import com.avoma.webhooks.common.egress.AddressPolicy;
import com.avoma.webhooks.common.egress.HostLiteral;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What came of reading a target URL. An address is judged as delivery-service will judge it. A
/// name is not looked up: what it resolves to is judged whenever it is connected to, `localhost`
/// included.
public sealed interface TargetUrl {
    /// @param text as it is stored and sent to: ASCII only, the host's non-ASCII labels in punycode
    record Accepted(String text, String host) implements TargetUrl {}

    /// @param rule the one that it breaks
    record Rejected(String rule) implements TargetUrl {}

    Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL);
    Pattern HTTPS = Pattern.compile("(?i)(https)://([^/?#]*)(.*)", Pattern.DOTALL);
    Pattern HOST_AND_PORT = Pattern.compile("(\\[[^\\]]*\\]|[^:]*)(?::([0-9]*))?");
    Pattern LABEL = Pattern.compile("(?i)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    int LONGEST_HOST = 253;

    /// Reads a URL.
    ///
    /// @param longest characters
    /// @param policy says which addresses may stand in it
    static TargetUrl of(String text, int longest, AddressPolicy policy) {
        if (text.length() > longest) {
            return new Rejected("must be at most " + longest + " characters");
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c == 0x7f || c == '\\')) {
            return new Rejected("must not have spaces, control characters or backslashes");
        }
        if (text.codePoints().anyMatch(TargetUrl::isHalf)) {
            return new Rejected("must not have half a character (a lone surrogate)");
        }
        var https = HTTPS.matcher(text);
        if (!https.matches()) {
            return new Rejected(
                    SCHEME.matcher(text).matches() && !text.regionMatches(true, 0, "https:", 0, 6)
                            ? "must use HTTPS"
                            : "must be a whole address that begins with https://");
        }
        var authority = https.group(2);
        var rest = https.group(3);
        if (authority.contains("@")) {
            return new Rejected("must not have a user name or password; use a header instead");
        }
        if (rest.contains("#")) {
            return new Rejected("must not have a fragment (#)");
        }
        var parts = HOST_AND_PORT.matcher(authority);
        if (!parts.matches()) {
            return new Rejected("must have a host and at most one port");
        }
        var port = parts.group(2);
        if (port != null && !isPort(port)) {
            return new Rejected("must have a port from 1 to 65535, or none");
        }
        var host = ascii(parts.group(1));
        var fault =
                host == null ? "must have a host that is a valid name" : hostFault(host, policy);
        if (host == null || fault != null) {
            return new Rejected(String.valueOf(fault));
        }
        var whole = "https://" + host + (port == null ? "" : ":" + port) + rest;
        try {
            var uri = new URI(whole);
            if (uri.getHost() == null) {
                // a last label that begins with a digit: no such domain, and no address either
                return new Rejected("must have a host that is a valid name");
            }
            var stored = uri.toASCIIString();
            return stored.length() > longest
                    ? new Rejected("must be at most " + longest + " characters when encoded")
                    : new Accepted(stored, host);
        } catch (URISyntaxException e) {
            return new Rejected("must be a valid URL (RFC 3986): " + e.getReason());
        }
    }

    /// [URI] has no answer to these.
    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static boolean isPort(String text) {
        if (text.isEmpty() || text.length() > 5) {
            return false;
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= 65_535;
    }

    private static @Nullable String ascii(String host) {
        if (host.chars().allMatch(c -> c < 0x80)) {
            return host;
        }
        try {
            return IDN.toASCII(host).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static @Nullable String hostFault(String host, AddressPolicy policy) {
        if (host.isEmpty()) {
            return "must have a host";
        }
        return switch (HostLiteral.of(host)) {
            case HostLiteral.Name(var name) -> nameFault(name);
            case HostLiteral.Address(var address) -> addressFault(address, policy);
            case HostLiteral.Refused(var rule) ->
                    "must have a host that is a name or a canonical address: " + rule;
        };
    }

    private static @Nullable String addressFault(InetAddress address, AddressPolicy policy) {
        return switch (policy.judge(address)) {
            case AddressPolicy.Ruling.Permitted _ -> null;
            case AddressPolicy.Ruling.Refused(var rule) ->
                    "must have an address that may be sent to: "
                            + address.getHostAddress()
                            + " is refused ("
                            + rule
                            + ")";
        };
    }

    private static @Nullable String nameFault(String host) {
        var name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (name.length() > LONGEST_HOST) {
            return "must have a host of at most " + LONGEST_HOST + " characters";
        }
        for (var label : name.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                return "must have a host of letters, digits and hyphens between dots";
            }
        }
        return null;
    }
}
