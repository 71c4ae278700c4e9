package com.avoma.webhooks.config.secret;

import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.config.audit.AuditRepository;
import com.avoma.webhooks.config.change.SetupEditor;
import com.avoma.webhooks.config.setup.SigningSecretRepository;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The cipher that every secret passes through.
@Configuration(proxyBeanMethods = false)
class SecretConfiguration {
    @Bean
    SecretCipher secretCipher(SecretProperties properties) {
        return SecretCipher.of(properties.source());
    }

    @Bean
    SigningSecrets signingSecrets(SecretCipher cipher) {
        return new SigningSecrets(cipher, new SecureRandom());
    }

    @Bean
    SigningSecretEditor signingSecretEditor(
            SigningSecretRepository stored,
            SetupEditor setups,
            SigningSecrets secrets,
            AuditRepository audit,
            Clock clock) {
        return new SigningSecretEditor(stored, setups, secrets, audit, clock);
    }
}
