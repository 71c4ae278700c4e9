package com.avoma.webhooks.config.security;

import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.RefusedException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the claims of a token that is already verified say about its bearer.
public final class TokenClaims {
    /// The authority of callers that may manage webhooks.
    public static final String ADMIN = "ADMIN";

    private final SecurityProperties properties;

    public TokenClaims(SecurityProperties properties) {
        this.properties = properties;
    }

    /// Whether the token is of the issuer that is asked for, if one is.
    boolean ofIssuer(@Nullable Object issuer) {
        return properties.issuer() == null || properties.issuer().equals(String.valueOf(issuer));
    }

    /// Whether the bearer may manage webhooks.
    public boolean admin(Map<String, Object> claims) {
        return switch (claims.get(properties.roleClaim())) {
            case null -> false;
            case Collection<?> roles -> roles.contains(properties.adminRole());
            case Object role -> role.equals(properties.adminRole());
        };
    }

    /// @param address where the token came from
    /// @throws RefusedException with 403 where the token names no organization
    public Caller caller(Map<String, Object> claims, @Nullable String address) {
        var claim = claims.get(properties.organizationClaim());
        var organization =
                JsonBody.uuid(String.valueOf(claim))
                        .orElseThrow(() ->
                                RefusedException.forbidden(
                                        "The token names no organization (claim "
                                                + properties.organizationClaim()
                                                + ")."));
        return Caller.user(organization, String.valueOf(claims.get("sub")), address);
    }
}
