package com.avoma.webhooks.common.directory;

import java.util.UUID;

/// A record of `directory.teams`, keyed by its uuid.
public record Team(UUID uuid, UUID organizationUuid, String name) {}
