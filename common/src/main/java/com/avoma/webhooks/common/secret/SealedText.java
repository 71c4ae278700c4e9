package com.avoma.webhooks.common.secret;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// A text that only [SecretCipher] opens.
///
/// @param ciphertext base64 of Tink's ciphertext, the key's identifier in front
public record SealedText(@JsonValue String ciphertext) {
    @JsonCreator
    public SealedText {}
}
