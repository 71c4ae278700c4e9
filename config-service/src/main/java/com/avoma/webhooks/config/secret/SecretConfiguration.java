package com.avoma.webhooks.config.secret;

import com.avoma.webhooks.common.secret.SecretCipher;
import java.security.SecureRandom;
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
}
