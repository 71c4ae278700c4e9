package com.avoma.webhooks.common.event;

import com.avoma.webhooks.common.json.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a webhook can be triggered by. The constants' names are the wire's `event_type`, spelling
/// included.
public enum TriggerEvent {
    AINOTE("AI notes ready", "AI notes are generated for a meeting or call"),
    MEETING_BOOKED_VIA_SCHEDULER(
            "Meeting booked via scheduler", "A meeting is booked on a scheduling page"),
    MEETING_BOOKED_VIA_SCHEDULER_CANCELED(
            "Meeting canceled via scheduler",
            "A meeting that was booked on a scheduling page is canceled"),
    MEETING_BOOKED_VIA_SCHEDULER_RESCHEDULED(
            "Meeting rescheduled via scheduler",
            "The date or time of a meeting that was booked on a scheduling page changes");

    private final String label;
    private final String description;

    TriggerEvent(String label, String description) {
        this.label = label;
        this.description = description;
    }

    /// The name that admins see.
    public String label() {
        return label;
    }

    /// When it fires, in one sentence without a full stop.
    public String description() {
        return description;
    }

    /// The trigger event of an `event_type`, empty where there is none of exactly that name.
    public static Optional<TriggerEvent> of(String eventType) {
        return Optional.ofNullable(ByName.OF.get(eventType));
    }

    /// A realistic body of it with every field present, stable under JSON.stringify: what admins
    /// see beside the trigger and what a test send sends.
    public Payload sample() {
        return Objects.requireNonNull(Samples.OF.get(this), "every event has a sample");
    }

    /// What its bodies look like: JSON Schema, draft 2020-12. Fields may be added to bodies, so it
    /// lets unknown ones through.
    public Payload schema() {
        return Objects.requireNonNull(Schemas.OF.get(this), "every event has a schema");
    }

    private static Map<TriggerEvent, Payload> readAll(String folder) {
        Map<TriggerEvent, Payload> contents = new EnumMap<>(TriggerEvent.class);
        for (var event : values()) {
            contents.put(event, read(folder + "/" + event.name() + ".json"));
        }
        return contents;
    }

    private static Payload read(String resource) {
        try (var in = TriggerEvent.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return Payload.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Asked once for each event; anything may be asked for, null too.
    private static final class ByName {
        static final Map<String, TriggerEvent> OF =
                Arrays.stream(values()).collect(Collectors.toMap(Enum::name, event -> event));
    }

    /// Read when the first sample is asked for.
    private static final class Samples {
        static final Map<TriggerEvent, Payload> OF = readAll("samples");
    }

    /// Read when the first schema is asked for.
    private static final class Schemas {
        static final Map<TriggerEvent, Payload> OF = readAll("schemas");
    }
}
