package com.avoma.webhooks.common.directory;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A record of `directory.members`, keyed by its uuid.
///
/// @param teamUuids the teams the member is in; null or absent means none
public record Member(
        UUID uuid,
        UUID organizationUuid,
        @Nullable String email,
        Role role,
        @Nullable Set<UUID> teamUuids) {

    /// What a member may do: only admins manage webhooks.
    public enum Role {
        ADMIN,
        MEMBER
    }

    /// The teams, never null.
    public Set<UUID> teams() {
        return teamUuids == null ? Set.of() : teamUuids;
    }
}
