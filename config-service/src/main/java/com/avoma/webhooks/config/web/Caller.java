package com.avoma.webhooks.config.web;

import java.util.UUID;

/// Who sent a request.
///
/// @param organization everything the request sees and changes belongs to it
/// @param actor `key:` and the client key, or `user:` and the token's subject
public record Caller(UUID organization, String actor) {}
