package com.avoma.webhooks.kubernetes;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The certificates that Strimzi would make, in the files that the pods would have.
final class Certificates {
    static final String PASSWORD = "password";

    private final Path folder;
    private final X509Bundle authority;

    Certificates(Path folder) throws Exception {
        this.folder = folder;
        this.authority =
                new CertificateBuilder()
                        .subject("CN=ca")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        Files.writeString(folder.resolve("ca.crt"), authority.getCertificatePEM());
    }

    Path trustStore() {
        return folder.resolve("ca.crt");
    }

    /// The key store of somebody of that name, made where it is not there yet.
    Path keyStore(String name) throws Exception {
        var file = folder.resolve(name + ".p12");
        if (!Files.exists(file)) {
            var made =
                    new CertificateBuilder()
                            .subject("CN=" + name)
                            .addSanIpAddress("127.0.0.1")
                            .buildIssuedBy(authority);
            try (var out = Files.newOutputStream(file)) {
                made.toKeyStore(PASSWORD.toCharArray()).store(out, PASSWORD.toCharArray());
            }
        }
        return file;
    }

    /// The settings of a Kafka client that is somebody.
    Map<String, Object> client(String name) throws Exception {
        return Map.of(
                "security.protocol",
                "SSL",
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                keyStore(name).toString(),
                "ssl.keystore.password",
                PASSWORD,
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                trustStore().toString());
    }
}
