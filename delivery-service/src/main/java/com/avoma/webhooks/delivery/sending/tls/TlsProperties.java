package com.avoma.webhooks.delivery.sending.tls;

import org.springframework.boot.context.properties.bind.DefaultValue;

/// `webhooks.delivery.tls`
///
/// @param trustBundle the Spring SSL bundle whose certificates receivers may be signed by besides
///   those that the platform trusts; empty: none
public record TlsProperties(@DefaultValue("") String trustBundle) {}
