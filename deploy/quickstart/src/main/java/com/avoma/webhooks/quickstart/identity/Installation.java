package com.avoma.webhooks.quickstart.identity;

import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.quickstart.data.DataDirectory;
import com.avoma.webhooks.quickstart.data.PrivateFiles;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;

/// The secrets of one data directory, made at its first start and kept.
///
/// @param keyset file of the keyset that config-service seals secrets with
/// @param consolePassword of the console's built-in login
public record Installation(Path keyset, TlsFiles tls, TokenIssuer tokens, String consolePassword) {
    /// Name of the console's built-in login.
    public static final String CONSOLE_USERNAME = "admin";

    private static final int PASSWORD_BYTES = 15;

    public static Installation in(DataDirectory data, Clock clock) {
        var keyset = data.file("keyset.json");
        PrivateFiles.readOrWrite(keyset, SecretCipher::newKeyset);
        var password =
                PrivateFiles.readOrWrite(data.file("console-password"), Installation::newPassword);
        return new Installation(
                keyset,
                TlsFiles.in(data.tls(), clock),
                TokenIssuer.in(data.file("tokens"), clock),
                password.strip());
    }

    private static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
