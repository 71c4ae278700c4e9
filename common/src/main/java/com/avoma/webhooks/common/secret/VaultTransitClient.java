package com.avoma.webhooks.common.secret;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import java.net.InetAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The transit secrets engine of HashiCorp Vault or OpenBao as a key management service of Tink's.
///
/// A key is `hcvault://HOST:PORT/MOUNT/keys/NAME`, asked by HTTPS; the mount is `transit` unless
/// somebody chose another. `hcvault+http://` asks in clear, and only this machine: a Vault agent or
/// proxy that brings its own token.
final class VaultTransitClient implements KmsClient {
    private static final String TLS = "hcvault";
    private static final String PLAIN = "hcvault+http";
    private static final Pattern PATH = Pattern.compile("/(.+)/keys/([A-Za-z0-9_.-]+)");
    private static final String EXPECTED = " (expected: hcvault://HOST:PORT/transit/keys/NAME)";

    private final @Nullable String token;

    /// @param token null: who is asked knows the caller otherwise
    VaultTransitClient(@Nullable String token) {
        this.token = token;
    }

    @Override
    public boolean doesSupport(String keyUri) {
        var lower = keyUri.toLowerCase(Locale.ROOT);
        return lower.startsWith(TLS + "://") || lower.startsWith(PLAIN + "://");
    }

    @Override
    public KmsClient withCredentials(String token) {
        return new VaultTransitClient(token);
    }

    @Override
    public KmsClient withDefaultCredentials() {
        return this;
    }

    @Override
    public Aead getAead(String keyUri) throws GeneralSecurityException {
        var uri = parse(keyUri);
        var path = uri.getRawPath() == null ? "" : uri.getRawPath();
        var match = PATH.matcher(path);
        if (uri.getHost() == null || !match.matches()) {
            throw new GeneralSecurityException("key: " + keyUri + EXPECTED);
        }
        boolean plain = PLAIN.equalsIgnoreCase(uri.getScheme());
        if (plain && !loopback(uri.getHost())) {
            throw new GeneralSecurityException(
                    "key: " + keyUri + " (expected: a loopback address where it is not HTTPS)");
        }
        var base =
                URI.create(
                        (plain ? "http://" : "https://")
                                + uri.getRawAuthority()
                                + "/v1/"
                                + match.group(1)
                                + "/");
        return new VaultTransitAead(base, match.group(2), token);
    }

    private static URI parse(String keyUri) throws GeneralSecurityException {
        try {
            return URI.create(keyUri);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("key: " + keyUri + EXPECTED, e);
        }
    }

    /// A name other than `localhost` could be another machine's tomorrow.
    private static boolean loopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
