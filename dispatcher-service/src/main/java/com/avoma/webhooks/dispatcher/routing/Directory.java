package com.avoma.webhooks.dispatcher.routing;

import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.directory.Team;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who is in which team. One thread writes, any number read.
public final class Directory {
    private final Map<UUID, Member> members = new ConcurrentHashMap<>();
    private final Map<UUID, Team> teams = new ConcurrentHashMap<>();

    /// The teams through which an event of this user is in scope: teams that exist, of the user's
    /// own organization, which is the event's. None for a user that is unknown or belongs
    /// elsewhere.
    ///
    /// @param user any text; what is no uuid is nobody
    public Set<UUID> teamsOf(String user, UUID organization) {
        var uuid = uuid(user);
        var member = uuid == null ? null : members.get(uuid);
        if (member == null || !member.organizationUuid().equals(organization)) {
            return Set.of();
        }
        return member.teams().stream()
                .filter(team -> belongs(team, organization))
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean belongs(UUID uuid, UUID organization) {
        var team = teams.get(uuid);
        return team != null && team.organizationUuid().equals(organization);
    }

    void put(Member member) {
        members.put(member.uuid(), member);
    }

    void put(Team team) {
        teams.put(team.uuid(), team);
    }

    void removeMember(UUID uuid) {
        members.remove(uuid);
    }

    void removeTeam(UUID uuid) {
        teams.remove(uuid);
    }

    private static @Nullable UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
