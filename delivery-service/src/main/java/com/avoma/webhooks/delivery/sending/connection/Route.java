package com.avoma.webhooks.delivery.sending.connection;

import com.avoma.webhooks.delivery.sending.egress.Origin;
import com.avoma.webhooks.delivery.sending.tls.ClientIdentity;
import org.jspecify.annotations.Nullable;

/// What connections are shared by: the origin, and who this service is to it.
///
/// @param identity the client certificate that is shown; null: none
public record Route(Origin origin, @Nullable ClientIdentity identity) {}
