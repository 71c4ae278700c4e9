package com.avoma.webhooks.common.directory;

import java.util.UUID;

/// A record of `directory.organizations`, keyed by its uuid.
public record Organization(UUID uuid, String name, Plan plan) {}
