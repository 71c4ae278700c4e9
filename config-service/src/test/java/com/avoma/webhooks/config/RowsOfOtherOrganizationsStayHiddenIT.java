package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.config.isolation.Scope;
import com.avoma.webhooks.config.web.Caller;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import reactor.util.context.Context;

/// Row-level security, behind the organization that every statement names.
class RowsOfOtherOrganizationsStayHiddenIT {
    private static final String TABLES =
            "select table_name from information_schema.columns"
                    + " where table_schema = 'public' and column_name = 'organization_uuid'";

    private final RunningService service = RunningService.shared();
    private final TestOrganization acme = TestOrganization.of(service, Plan.ENTERPRISE);
    private final TestOrganization other = TestOrganization.of(service, Plan.ENTERPRISE);

    @Test
    void isForcedOnEveryTableWithAnOrganization() throws SQLException {
        var tables = DatabaseDump.texts(service.database, TABLES);

        assertThat(tables).contains("webhooks", "signing_secrets", "api_keys", "outbox");
        assertThat(
                        DatabaseDump.texts(
                                service.database,
                                "select c.relname from pg_class c join pg_policy p"
                                        + " on p.polrelid = c.oid"
                                        + " where c.relrowsecurity and c.relforcerowsecurity"))
                .containsExactlyInAnyOrderElementsOf(tables);
        assertThat(
                        DatabaseDump.texts(
                                service.database,
                                "select rolsuper or rolbypassrls from pg_roles"
                                        + " where rolname = current_user"))
                .as("the role is not above row-level security")
                .containsExactly("f");
    }

    @Test
    void showsRawStatementsTheRowsOfTheirScopeOnly() throws SQLException {
        fill(acme);
        fill(other);

        for (var table : DatabaseDump.texts(service.database, TABLES)) {
            assertThat(organizations(table, "")).as(table).isEmpty();
            assertThat(organizations(table, UUID.randomUUID().toString())).as(table).isEmpty();
            assertThat(organizations(table, acme.uuid().toString()))
                    .as(table)
                    .isSubsetOf(acme.uuid().toString());
        }
        for (var table : List.of("webhooks", "signing_secrets", "api_keys", "directory_teams")) {
            assertThat(organizations(table, acme.uuid().toString())).as(table).isNotEmpty();
            assertThat(organizations(table, "every:test"))
                    .as(table)
                    .contains(acme.uuid().toString(), other.uuid().toString());
        }
    }

    @Test
    void letsNoStatementWriteOutsideItsScope() throws SQLException {
        fill(acme);
        try (var connection = DatabaseDump.connect(service.database, other.uuid().toString());
                var statement = connection.createStatement()) {
            var ofAcme = " where organization_uuid = '" + acme.uuid() + "'";
            assertThat(statement.executeUpdate("update webhooks set name = 'mine'" + ofAcme))
                    .isZero();
            assertThat(statement.executeUpdate("delete from api_keys" + ofAcme)).isZero();
            assertThatThrownBy(() ->
                            statement.execute(
                                    "insert into directory_teams values ('"
                                            + acme.uuid()
                                            + "', gen_random_uuid(), 'mine')"))
                    .hasMessageContaining("row-level security");
        }
    }

    @Test
    void givesEachConnectionTheScopeOfItsCallerAndNoneWithoutOne() {
        fill(acme);
        fill(other);
        var caller = Caller.key(acme.uuid(), "test", null);
        var login = UsernamePasswordAuthenticationToken.authenticated(caller, null, List.of());

        for (int i = 0; i < 40; i++) {
            assertThat(seen(context -> context)).isEmpty();
            assertThat(
                            seen(context ->
                                    context.putAll(
                                            ReactiveSecurityContextHolder.withAuthentication(login)
                                                    .readOnly())))
                    .containsExactly(acme.uuid());
            assertThat(seen(Scope.of(other.uuid()))).containsExactly(other.uuid());
            assertThat(seen(Scope.every(Scope.Reason.METRICS))).contains(acme.uuid(), other.uuid());
        }
    }

    private List<UUID> seen(UnaryOperator<Context> scope) {
        return service.part(DatabaseClient.class)
                .sql("select distinct organization_uuid from webhooks")
                .mapValue(UUID.class)
                .all()
                .collectList()
                .contextWrite(scope)
                .block();
    }

    private List<String> organizations(String table, String scope) throws SQLException {
        try (var connection = DatabaseDump.connect(service.database, scope);
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select distinct organization_uuid::text from " + table)) {
            List<String> found = new java.util.ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private void fill(TestOrganization organization) {
        organization.webhook("AINOTE", "https://example.com/");
        organization.apiKey();
        service.post(organization.admin(), "/v1/webhooks/signing-secret/rotate/", null);
    }
}
