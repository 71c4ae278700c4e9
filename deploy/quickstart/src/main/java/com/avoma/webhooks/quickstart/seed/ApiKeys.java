package com.avoma.webhooks.quickstart.seed;

import com.avoma.webhooks.quickstart.data.PrivateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The quickstart's own API key of an organization: kept in a file, since its secret is shown once.
public final class ApiKeys {
    private static final String PATH = "/v1/api-keys/";
    private static final String NAME = "quickstart";

    private final String address;

    public ApiKeys(String address) {
        this.address = address;
    }

    record Key(String clientKey, String name) {}

    record Keys(List<Key> results) {}

    record NewKey(String clientKey, String clientSecret) {}

    /// The key that the file has if it still works; else a new one, in place of an old one of its
    /// name.
    ///
    /// @param admin a caller who may make keys
    /// @return `CLIENT_KEY:CLIENT_SECRET`
    public String keyFor(ApiClient admin, Path file) throws InterruptedException {
        var keys = admin.require("GET", PATH, null).as(Keys.class);
        if (Files.exists(file)) {
            var kept = PrivateFiles.read(file).strip();
            try (var client = new ApiClient(address, kept)) {
                if (client.call("GET", "/v1/webhooks/", null).succeeded()) {
                    return kept;
                }
            }
        }
        for (var key : keys.results()) {
            if (key.name().equals(NAME)) {
                admin.require("DELETE", PATH + key.clientKey() + "/", null);
            }
        }
        var made = admin.require("POST", PATH, Map.of("name", NAME)).as(NewKey.class);
        var text = made.clientKey() + ":" + made.clientSecret();
        PrivateFiles.write(file, text + "\n");
        return text;
    }
}
