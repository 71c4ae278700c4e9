package com.avoma.webhooks.config.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenClaimsTest {
    private static final UUID ACME = UUID.fromString("8d2e5b7a-61f4-4c0d-b6a9-3e4f5a6b7c8d");

    private final TokenClaims claims =
            new TokenClaims(new SecurityProperties("org", "roles", "admin", "https://id.test"));

    @Test
    void readsTheCaller() {
        assertThat(claims.caller(Map.of("org", ACME.toString(), "sub", "alice"), "192.0.2.1"))
                .isEqualTo(new Caller(ACME, "user:alice", "192.0.2.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "acme", "8d2e5b7a", "8d2e5b7a-61f4-4c0d-b6a9-3e4f5a6b7c8d "})
    void refusesATokenThatNamesNoOrganization(String organization) {
        assertThatThrownBy(() ->
                        claims.caller(Map.of("org", organization, "sub", "alice"), "192.0.2.1"))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(403))
                .hasMessageContaining("claim org");
        assertThatThrownBy(() ->
                        claims.caller(Map.of("organization_uuid", ACME.toString()), "192.0.2.1"))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void takesTheRoleOrAListOfRoles() {
        assertThat(claims.admin(Map.of("roles", "admin"))).isTrue();
        assertThat(claims.admin(Map.of("roles", List.of("member", "admin")))).isTrue();
    }

    @Test
    void takesNothingElseForAnAdmin() {
        var none = new HashMap<String, Object>();
        none.put("roles", null);
        assertThat(claims.admin(none)).isFalse();
        assertThat(claims.admin(Map.of())).isFalse();
        assertThat(claims.admin(Map.of("role", "admin"))).isFalse();
        assertThat(claims.admin(Map.of("roles", "ADMIN"))).isFalse();
        assertThat(claims.admin(Map.of("roles", "admin member"))).isFalse();
        assertThat(claims.admin(Map.of("roles", List.of()))).isFalse();
        assertThat(claims.admin(Map.of("roles", true))).isFalse();
        assertThat(claims.admin(Map.of("roles", Map.of("admin", true)))).isFalse();
    }

    @Test
    void takesTokensOfItsIssuerOnlyAndAnyWhereNoneIsAskedFor() {
        assertThat(claims.ofIssuer("https://id.test")).isTrue();
        assertThat(claims.ofIssuer("https://id.test/")).isFalse();
        assertThat(claims.ofIssuer(null)).isFalse();

        var anybody = new TokenClaims(new SecurityProperties("org", "roles", "admin", null));
        assertThat(anybody.ofIssuer("https://elsewhere.test")).isTrue();
        assertThat(anybody.ofIssuer(null)).isTrue();
    }
}
