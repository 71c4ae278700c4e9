package com.avoma.webhooks.config.web;

import java.net.URI;

/// Addresses of this API's resources, as the caller sees them.
public final class Addresses {
    private Addresses() {}

    /// The whole address of a list, without its query and with its trailing slash.
    public static String of(URI request) {
        var path = request.getRawPath();
        var slash = path.endsWith("/") ? "" : "/";
        return request.getScheme() + "://" + request.getRawAuthority() + path + slash;
    }
}
