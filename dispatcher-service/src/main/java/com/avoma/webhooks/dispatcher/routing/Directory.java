package com.avoma.webhooks.dispatcher.routing;

import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.directory.Team;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Who is in which team. One thread writes, any number read. Names, addresses and roles are not
/// kept, nor are members of no team.
public final class Directory {
    private static final int UUID_LENGTH = 36;

    private final Map<UUID, Membership> members = new ConcurrentHashMap<>();
    private final Map<UUID, UUID> organizationsOfTeams = new ConcurrentHashMap<>();

    /// @param teams at least one, which need not exist
    @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this class
    private record Membership(UUID organization, UUID[] teams) {}

    /// The teams through which an event of this user is in scope: teams that exist, of the user's
    /// own organization, which is the event's. None for a user that is unknown or belongs
    /// elsewhere.
    ///
    /// @param user any text; what is no uuid is nobody
    public Set<UUID> teamsOf(String user, UUID organization) {
        var uuid = uuid(user);
        var member = uuid == null ? null : members.get(uuid);
        if (member == null || !member.organization().equals(organization)) {
            return Set.of();
        }
        Set<UUID> teams = HashSet.newHashSet(member.teams().length);
        for (var team : member.teams()) {
            if (organization.equals(organizationsOfTeams.get(team))) {
                teams.add(team);
            }
        }
        return Collections.unmodifiableSet(teams);
    }

    public void put(Member member) {
        if (member.teams().isEmpty()) {
            members.remove(member.uuid());
        } else {
            members.put(
                    member.uuid(),
                    new Membership(member.organizationUuid(), member.teams().toArray(UUID[]::new)));
        }
    }

    public void put(Team team) {
        organizationsOfTeams.put(team.uuid(), team.organizationUuid());
    }

    void removeMember(UUID uuid) {
        members.remove(uuid);
    }

    void removeTeam(UUID uuid) {
        organizationsOfTeams.remove(uuid);
    }

    /// A user of another form than a uuid's is known by nobody: asking costs no exception.
    private static @Nullable UUID uuid(String text) {
        if (text.length() != UUID_LENGTH) {
            return null;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
