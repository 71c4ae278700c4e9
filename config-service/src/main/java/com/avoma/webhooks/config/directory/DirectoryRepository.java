package com.avoma.webhooks.config.directory;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.directory.Team;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The read model of the product's directory. Writing the same record again changes nothing.
@Component
public class DirectoryRepository {
    private final DatabaseClient database;

    DirectoryRepository(DatabaseClient database) {
        this.database = database;
    }

    /// A team, as the scope selector shows it.
    public record TeamName(UUID uuid, String name) {}

    /// Whether the directory has the organization.
    public Mono<Boolean> has(UUID organization) {
        return database.sql(
                        """
                        select 1 from directory_organizations
                        where organization_uuid = :organization
                        """)
                .bind("organization", organization)
                .mapValue(Integer.class)
                .one()
                .hasElement();
    }

    /// The organization, none where the directory does not have it.
    public Mono<Organization> organization(UUID organization) {
        return database.sql(
                        """
                        select name, plan from directory_organizations
                        where organization_uuid = :organization
                        """)
                .bind("organization", organization)
                .map(row ->
                        new Organization(
                                organization,
                                requireNonNull(row.get("name", String.class)),
                                Plan.valueOf(requireNonNull(row.get("plan", String.class)))))
                .one();
    }

    /// Those of the teams that the organization does not have, or has no more. Asks nothing where
    /// there are none.
    public Mono<Set<UUID>> missing(UUID organization, Set<UUID> teams) {
        return teams.isEmpty()
                ? Mono.just(Set.of())
                : existing(organization, teams)
                        .map(existing ->
                                teams.stream()
                                        .filter(team -> !existing.contains(team))
                                        .collect(Collectors.toUnmodifiableSet()));
    }

    private Mono<Set<UUID>> existing(UUID organization, Set<UUID> teams) {
        return database.sql(
                        """
                        select team_uuid from directory_teams
                        where organization_uuid = :organization and team_uuid = any(:teams)
                        """)
                .bind("organization", organization)
                .bind("teams", teams.toArray(UUID[]::new))
                .mapValue(UUID.class)
                .all()
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The organization's teams, in no order.
    public Flux<TeamName> teams(UUID organization) {
        return database.sql(
                        """
                        select team_uuid, name from directory_teams
                        where organization_uuid = :organization
                        """)
                .bind("organization", organization)
                .map(row ->
                        new TeamName(
                                requireNonNull(row.get("team_uuid", UUID.class)),
                                requireNonNull(row.get("name", String.class))))
                .all();
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

    Mono<Void> save(Organization organization) {
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

    Mono<Void> save(Team team) {
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

    Mono<Void> save(Member member) {
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

    Mono<Void> deleteOrganization(UUID uuid) {
        return delete("delete from directory_organizations where organization_uuid = :uuid", uuid);
    }

    Mono<Void> deleteTeam(UUID uuid) {
        return delete("delete from directory_teams where team_uuid = :uuid", uuid);
    }

    Mono<Void> deleteMember(UUID uuid) {
        return delete("delete from directory_members where user_uuid = :uuid", uuid);
    }

    private Mono<Void> delete(String sql, UUID uuid) {
        return database.sql(sql).bind("uuid", uuid).then();
    }
}
