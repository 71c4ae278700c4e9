package com.avoma.webhooks.config.console;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What was just done, told on the page that comes after it.
public enum Done {
    WEBHOOK_ADDED("The webhook is added. Events that happen from now on are sent to it."),
    WEBHOOK_SAVED("Saved and applied. The webhook is using the updated settings."),
    WEBHOOK_ACTIVATED(
            "The webhook is active again. Events that happen from now on are sent to it."),
    WEBHOOK_DELETED("The webhook is deleted and will no longer send events."),
    REDELIVERED(
            "It is being sent again, with the same body and webhook-id. The attempt shows up here."),
    KEY_DELETED("The API key is deleted. Requests that come with it are refused from now on."),
    SECRET_GENERATED(
            "There is a new signing secret, and requests are signed with it from now on. Share it with"
                    + " those who build your receiver.");

    private final String text;

    Done(String text) {
        this.text = text;
    }

    /// The page of that name, telling it.
    public String at(String path) {
        return path + "?done=" + name().toLowerCase(Locale.ROOT);
    }

    /// The sentence for the value of a page's `done`; null where there is none.
    public static @Nullable String text(@Nullable String value) {
        return Arrays.stream(values())
                .filter(done -> done.name().equalsIgnoreCase(value))
                .map(done -> done.text)
                .findFirst()
                .orElse(null);
    }
}
