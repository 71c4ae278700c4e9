package com.avoma.webhooks.quickstart.seed;

import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.directory.Member.Role;
import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.directory.Team;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// An organization of the quickstart with its people. The identifiers are derived from the names,
/// so they are the same in every run and on every machine.
///
/// @param members the first is the admin
public record Cast(Organization organization, List<Team> teams, List<Member> members) {

    public Cast {
        teams = List.copyOf(teams);
        members = List.copyOf(members);
    }

    /// Three teams and five users: the first in the first team and an admin, the last in no team.
    public static Cast first() {
        var organization = organization("Acme");
        var sales = team(organization, "Sales");
        var success = team(organization, "Customer Success");
        var product = team(organization, "Product");
        return new Cast(
                organization,
                List.of(sales, success, product),
                List.of(
                        member(organization, "ada", Role.ADMIN, sales),
                        member(organization, "ben", Role.MEMBER, sales, success),
                        member(organization, "cleo", Role.MEMBER, success),
                        member(organization, "dan", Role.MEMBER, product),
                        member(organization, "eve", Role.MEMBER)));
    }

    /// One team and its admin: for what must not be seen across organizations.
    public static Cast other() {
        var organization = organization("Globex");
        var team = team(organization, "Everybody");
        return new Cast(
                organization,
                List.of(team),
                List.of(member(organization, "zoe", Role.ADMIN, team)));
    }

    /// A member with the right to manage webhooks.
    public Member admin() {
        return members.getFirst();
    }

    /// A member without it.
    public Member plainMember() {
        return members.stream()
                .filter(member -> member.role() == Role.MEMBER)
                .findFirst()
                .orElseThrow();
    }

    private static Organization organization(String name) {
        return new Organization(uuid(name), name, Plan.ENTERPRISE);
    }

    private static Team team(Organization organization, String name) {
        return new Team(uuid(organization.name() + "/" + name), organization.uuid(), name);
    }

    private static Member member(Organization organization, String name, Role role, Team... teams) {
        var domain = organization.name().toLowerCase(Locale.ROOT) + ".example";
        var uuids = List.of(teams).stream().map(Team::uuid).collect(Collectors.toSet());
        return new Member(
                uuid(organization.name() + "/" + name),
                organization.uuid(),
                name + "@" + domain,
                role,
                Set.copyOf(uuids));
    }

    private static UUID uuid(String name) {
        return UUID.nameUUIDFromBytes(("quickstart/" + name).getBytes(StandardCharsets.UTF_8));
    }
}
