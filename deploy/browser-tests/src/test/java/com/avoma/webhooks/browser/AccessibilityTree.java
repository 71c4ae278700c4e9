package com.avoma.webhooks.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A page as Chromium tells it to screen readers.
final class AccessibilityTree {
    /// By Chromium's names.
    private static final Set<String> NAMED_ROLES =
            Set.of(
                    "button",
                    "link",
                    "textbox",
                    "combobox",
                    "checkbox",
                    "radio",
                    "dialog",
                    "image",
                    "region",
                    "progressbar",
                    "heading");

    private AccessibilityTree() {}

    /// What a screen reader finds without a name, twice by the same one, or wrong without a reason.
    static List<String> faults(Page page) {
        var session = page.context().newCDPSession(page);
        var tree = session.send("Accessibility.getFullAXTree").getAsJsonArray("nodes");
        session.detach();
        List<String> wrong = new ArrayList<>();
        Set<String> buttons = new HashSet<>();
        int mains = 0;
        for (var each : tree) {
            var node = each.getAsJsonObject();
            if (node.get("ignored").getAsBoolean()) {
                continue;
            }
            var role = text(node, "role");
            var name = text(node, "name");
            if (NAMED_ROLES.contains(role) && name.isBlank()) {
                wrong.add("without a name: " + role);
            }
            if (role.equals("button") && !buttons.add(name)) {
                wrong.add("two buttons: " + name);
            }
            if (has(node, "invalid") && text(node, "description").isBlank()) {
                wrong.add("wrong, and not said why: " + name);
            }
            if (role.equals("dialog") && !has(node, "modal")) {
                wrong.add("lets one out: " + name);
            }
            mains += role.equals("main") ? 1 : 0;
        }
        if (mains != (page.locator("dialog[open]").count() == 0 ? 1 : 0)) {
            wrong.add("main parts: " + mains);
        }
        return wrong;
    }

    private static boolean has(JsonObject node, String state) {
        var states = node.getAsJsonArray("properties");
        if (states == null) {
            return false;
        }
        for (var each : states) {
            var property = each.getAsJsonObject();
            if (property.get("name").getAsString().equals(state)) {
                return text(property, "value").equals("true");
            }
        }
        return false;
    }

    private static String text(JsonObject node, String property) {
        var value = node.getAsJsonObject(property);
        return value == null || value.get("value") == null ? "" : value.get("value").getAsString();
    }
}
