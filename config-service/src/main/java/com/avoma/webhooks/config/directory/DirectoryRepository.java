package com.avoma.webhooks.config.directory;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.config.web.Page;
import com.avoma.webhooks.config.web.Window;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The read model of the product's directory, as one organization sees it.
/// [DirectoryRecordRepository] fills it.
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

    /// The plan that the directory has for it; empty where it does not have the organization.
    public Mono<Plan> plan(UUID organization) {
        return database.sql(
                        """
                        select plan from directory_organizations
                        where organization_uuid = :organization
                        """)
                .bind("organization", organization)
                .mapValue(String.class)
                .one()
                .map(Plan::valueOf);
    }

    /// The teams through which each of these users counts: teams that exist, of the user's own
    /// organization, which is this one. Users without any, and texts that are nobody's uuid, are
    /// not among them.
    public Mono<Map<UUID, Set<UUID>>> teamsOf(UUID organization, Collection<UUID> users) {
        return users.isEmpty()
                ? Mono.just(Map.of())
                : database.sql(
                                """
                                select m.user_uuid, t.team_uuid
                                from directory_members m
                                join directory_teams t on t.team_uuid = any(m.team_uuids)
                                    and t.organization_uuid = m.organization_uuid
                                where m.organization_uuid = :organization
                                  and m.user_uuid = any(:users)
                                """)
                        .bind("organization", organization)
                        .bind("users", users.toArray(UUID[]::new))
                        .map(row ->
                                Map.entry(
                                        requireNonNull(row.get("user_uuid", UUID.class)),
                                        requireNonNull(row.get("team_uuid", UUID.class))))
                        .all()
                        .collect(
                                Collectors.groupingBy(
                                        Map.Entry::getKey,
                                        Collectors.mapping(
                                                Map.Entry::getValue, Collectors.toSet())));
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

    /// A team and its place in the list.
    ///
    /// @param name that it is sorted by
    record Place(String name, TeamName team) {}

    /// Where a part of the list of teams begins or ends.
    ///
    /// @param name as in [Place]
    record Border(String name, UUID uuid) {
        static final Border FIRST = new Border("", new UUID(0, 0));
    }

    /// What a window shows of the teams, by the first 100 characters of the name whatever its case;
    /// one more in its direction where there is one.
    Flux<Place> teams(UUID organization, Window window, Border border) {
        var part =
                window.forward()
                        ? "> (:name, :uuid) order by sort_name, team_uuid"
                        : "< (:name, :uuid) order by sort_name desc, team_uuid desc";
        return database.sql(
                        """
                        select sort_name, name, team_uuid
                        from directory_teams,
                            lateral (select left(lower(name), 100) collate "C") s (sort_name)
                        where organization_uuid = :organization and (sort_name, team_uuid)
                        """
                                + part
                                + " limit :limit")
                .bind("organization", organization)
                .bind("name", border.name())
                .bind("uuid", border.uuid())
                .bind("limit", window.limit() + 1)
                .map(row ->
                        new Place(
                                requireNonNull(row.get("sort_name", String.class)),
                                new TeamName(
                                        requireNonNull(row.get("team_uuid", UUID.class)),
                                        requireNonNull(row.get("name", String.class)))))
                .all();
    }

    /// What a window does not show of the teams.
    Mono<Page.Extent> teamsExtent(UUID organization, Window window, Border border) {
        var behind = window.forward() ? "<=" : ">=";
        return database.sql(
                        """
                        select cast(count(*) as integer) as all_of_it,
                               coalesce(bool_or((left(lower(name), 100) collate "C", team_uuid)
                                   %s (:name, :uuid)), false) as behind
                        from directory_teams where organization_uuid = :organization
                        """
                                .formatted(behind))
                .bind("organization", organization)
                .bind("name", border.name())
                .bind("uuid", border.uuid())
                .map(row ->
                        new Page.Extent(
                                requireNonNull(row.get("all_of_it", Integer.class)),
                                requireNonNull(row.get("behind", Boolean.class))))
                .one();
    }
}
