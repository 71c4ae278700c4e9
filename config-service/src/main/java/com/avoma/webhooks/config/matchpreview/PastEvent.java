package com.avoma.webhooks.config.matchpreview;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/// An event that was routed.
///
/// @param userTeams the teams that its user counted for then
record PastEvent(String eventId, String eventType, Instant time, Set<UUID> userTeams) {}
