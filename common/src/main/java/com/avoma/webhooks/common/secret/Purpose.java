package com.avoma.webhooks.common.secret;

/// What a sealed text is for. Part of the associated data: a text sealed for one purpose does not
/// open for another.
public enum Purpose {
    SIGNING_SECRET,
    HEADER_VALUE,
    /// The private key of a webhook's client certificate.
    CLIENT_KEY,
    /// An answer of the admin API that can be given again.
    KEPT_ANSWER
}
