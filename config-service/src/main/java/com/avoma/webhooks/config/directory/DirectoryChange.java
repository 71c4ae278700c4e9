package com.avoma.webhooks.config.directory;

import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.directory.Team;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.json.MalformedRecordException;
import com.avoma.webhooks.config.web.JsonBody;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a record of a directory topic says.
sealed interface DirectoryChange {
    record OrganizationSaved(Organization organization) implements DirectoryChange {}

    record OrganizationDeleted(UUID uuid) implements DirectoryChange {}

    record TeamSaved(Team team) implements DirectoryChange {}

    record TeamDeleted(UUID uuid) implements DirectoryChange {}

    record MemberSaved(Member member) implements DirectoryChange {}

    record MemberDeleted(UUID uuid) implements DirectoryChange {}

    /// @throws MalformedRecordException where it is not such a record
    static DirectoryChange organization(byte @Nullable [] key, byte @Nullable [] value) {
        var uuid = uuid(key);
        if (value == null) {
            return new OrganizationDeleted(uuid);
        }
        var organization = Json.read(value, Organization.class);
        required("uuid", organization.uuid());
        required("name", organization.name());
        required("plan", organization.plan());
        return new OrganizationSaved(organization);
    }

    /// @throws MalformedRecordException where it is not such a record
    static DirectoryChange team(byte @Nullable [] key, byte @Nullable [] value) {
        var uuid = uuid(key);
        if (value == null) {
            return new TeamDeleted(uuid);
        }
        var team = Json.read(value, Team.class);
        required("uuid", team.uuid());
        required("organization_uuid", team.organizationUuid());
        required("name", team.name());
        return new TeamSaved(team);
    }

    /// @throws MalformedRecordException where it is not such a record
    static DirectoryChange member(byte @Nullable [] key, byte @Nullable [] value) {
        var uuid = uuid(key);
        if (value == null) {
            return new MemberDeleted(uuid);
        }
        var member = Json.read(value, Member.class);
        required("uuid", member.uuid());
        required("organization_uuid", member.organizationUuid());
        required("role", member.role());
        if (member.email() != null) {
            required("email", member.email());
        }
        return new MemberSaved(member);
    }

    private static UUID uuid(byte @Nullable [] key) {
        var text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        return JsonBody.uuid(text)
                .orElseThrow(() -> new MalformedRecordException("key: not a uuid"));
    }

    /// The records come from outside, so their components may be null whatever their types say. Nor
    /// can PostgreSQL hold the character NUL.
    private static void required(String field, @Nullable Object value) {
        if (value == null) {
            throw new MalformedRecordException(field + ": missing");
        }
        if (value instanceof String text && text.indexOf('\0') >= 0) {
            throw new MalformedRecordException(field + ": has the character NUL");
        }
    }
}
