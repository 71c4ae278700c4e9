package com.avoma.webhooks.common.secret;

import java.util.UUID;

/// No key of the keyset opens a sealed text: it was sealed with a key that is gone, for another
/// organization or purpose, or it was altered.
public final class SealBrokenException extends RuntimeException {
    SealBrokenException(UUID organization, Purpose purpose, Throwable cause) {
        super("cannot open a " + purpose + " of organization " + organization, cause);
    }
}
