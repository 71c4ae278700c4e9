package com.avoma.webhooks.quickstart.lifecycle;

import com.avoma.webhooks.quickstart.process.Part;
import com.avoma.webhooks.quickstart.process.Parts;
import com.avoma.webhooks.quickstart.terminal.Screen;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Notices parts that end and parts that come back, and says so. Nothing is restarted by itself:
/// who kills a part to see what happens wants to see what happens.
public final class Watch {
    private final Parts parts;
    private final Map<Part, String> restartCommands;
    private final Screen screen;
    private final Map<Part, Optional<Long>> known = new EnumMap<>(Part.class);

    /// @param restartCommands what brings each part back
    public Watch(Parts parts, Map<Part, String> restartCommands, Screen screen) {
        this.parts = parts;
        this.restartCommands = Map.copyOf(restartCommands);
        this.screen = screen;
        for (var part : Part.values()) {
            known.put(part, pid(part));
        }
    }

    /// Compares with the last look. To be called every second or so, by one thread.
    public void look() {
        for (var part : Part.values()) {
            var now = pid(part);
            var before = known.put(part, now);
            if (now.equals(before)) {
                continue;
            }
            if (now.isPresent()) {
                screen.print("%s was started again (pid %d).".formatted(part.title(), now.get()));
            } else {
                var how = parts.run().end(part).map(end -> " (" + end + ")").orElse("");
                screen.print(
                        "%s ended%s; bring it back with: %s"
                                .formatted(part.title(), how, restartCommands.get(part)));
            }
        }
    }

    private Optional<Long> pid(Part part) {
        return parts.alive(part).map(ProcessHandle::pid);
    }
}
