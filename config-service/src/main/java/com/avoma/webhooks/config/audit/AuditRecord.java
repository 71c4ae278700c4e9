package com.avoma.webhooks.config.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An entry of the audit log, as the API answers it.
///
/// @param actor `key:` and the client key, `user:` and the token's subject, `directory`, or
///   `system` where a webhook is deactivated because its receiver fails
/// @param address where the request came from; null: nowhere, or not known
/// @param changes JSON: by field, `from` and `to`
public record AuditRecord(
        Instant at,
        String actor,
        @Nullable String address,
        String action,
        String resource,
        @JsonRawValue String changes) {}
