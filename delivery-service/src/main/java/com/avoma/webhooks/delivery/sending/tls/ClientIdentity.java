package com.avoma.webhooks.delivery.sending.tls;

/// What this service shows to receivers that ask who it is: a webhook's own.
///
/// @param certificates the chain in PEM, the client's own certificate first
/// @param privateKey its key in PEM (PKCS #8), in the clear
public record ClientIdentity(String certificates, String privateKey) {
    /// Without the key.
    @Override
    public String toString() {
        return "a client certificate";
    }
}
