package com.avoma.webhooks.config.directory;

import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.directory.Team;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcType;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/// What the records of the directory topics leave in the read model. Writing the same record again
/// changes nothing.
@Component
class DirectoryRecordRepository {
    private static final Set<String> REFUSALS = Set.of("22", "23", "54");

    private final DatabaseClient database;

    DirectoryRecordRepository(DatabaseClient database) {
        this.database = database;
    }

    /// Whether the organization has any webhook.
    Mono<Boolean> hasWebhooks(UUID organization) {
        return database.sql(
                        """
                        select 1 from webhooks where organization_uuid = :organization limit 1
                        """)
                .bind("organization", organization)
                .mapValue(Integer.class)
                .one()
                .hasElement();
    }

    /// Why PostgreSQL will never take what was to be written: by its classes of errors, data that
    /// is none, a broken constraint, or more than there is room for. Null: it failed for something
    /// else.
    static @Nullable String refusal(Throwable fault) {
        if (fault instanceof R2dbcException e && e.getSqlState() != null) {
            return REFUSALS.contains(e.getSqlState().substring(0, 2)) ? e.getMessage() : null;
        }
        return fault.getCause() == null ? null : refusal(fault.getCause());
    }

    Mono<Void> save(DirectoryChange change) {
        return switch (change) {
            case DirectoryChange.OrganizationSaved(var organization) -> save(organization);
            case DirectoryChange.OrganizationDeleted(var uuid) -> deleteOrganization(uuid);
            case DirectoryChange.TeamSaved(var team) -> save(team);
            case DirectoryChange.TeamDeleted(var uuid) -> deleteTeam(uuid);
            case DirectoryChange.MemberSaved(var member) -> save(member);
            case DirectoryChange.MemberDeleted(var uuid) -> deleteMember(uuid);
        };
    }

    private Mono<Void> save(Organization organization) {
        return database.sql(
                        """
                        insert into directory_organizations (organization_uuid, name, plan)
                        values (:organization, :name, :plan)
                        on conflict (organization_uuid) do update set
                            name = excluded.name, plan = excluded.plan
                        """)
                .bind("organization", organization.uuid())
                .bind("name", organization.name())
                .bind("plan", organization.plan().name())
                .then();
    }

    private Mono<Void> save(Team team) {
        return database.sql(
                        """
                        insert into directory_teams (organization_uuid, team_uuid, name)
                        values (:organization, :team, :name)
                        on conflict (team_uuid) do update set
                            organization_uuid = excluded.organization_uuid, name = excluded.name
                        """)
                .bind("organization", team.organizationUuid())
                .bind("team", team.uuid())
                .bind("name", team.name())
                .then();
    }

    private Mono<Void> save(Member member) {
        return database.sql(
                        """
                        insert into directory_members
                            (organization_uuid, user_uuid, email, role, team_uuids)
                        values (:organization, :user, :email, :role, :teams)
                        on conflict (user_uuid) do update set
                            organization_uuid = excluded.organization_uuid, email = excluded.email,
                            role = excluded.role, team_uuids = excluded.team_uuids
                        """)
                .bind("organization", member.organizationUuid())
                .bind("user", member.uuid())
                .bind("email", Parameters.in(R2dbcType.VARCHAR, member.email()))
                .bind("role", member.role().name())
                .bind("teams", member.teams().toArray(UUID[]::new))
                .then();
    }

    private Mono<Void> deleteOrganization(UUID uuid) {
        return delete("delete from directory_organizations where organization_uuid = :uuid", uuid);
    }

    private Mono<Void> deleteTeam(UUID uuid) {
        return delete("delete from directory_teams where team_uuid = :uuid", uuid);
    }

    private Mono<Void> deleteMember(UUID uuid) {
        return delete("delete from directory_members where user_uuid = :uuid", uuid);
    }

    private Mono<Void> delete(String sql, UUID uuid) {
        return database.sql(sql).bind("uuid", uuid).then();
    }
}
