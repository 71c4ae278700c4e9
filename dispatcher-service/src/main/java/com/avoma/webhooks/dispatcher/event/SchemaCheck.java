package com.avoma.webhooks.dispatcher.event;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.json.Payload;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Holds bodies against the schemas of their types. Costs 6 to 27 µs a body, many times what
/// matching costs, which is why a producer's slip is looked for within a budget. Thread-safe.
public final class SchemaCheck {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final Mode mode;
    private final Budget budget;
    private final Map<TriggerEvent, Schema> schemas = new EnumMap<>(TriggerEvent.class);

    /// What is done about a body that violates its schema.
    public enum Mode {
        /// Nobody looks.
        OFF,
        /// It is counted and logged, and delivered all the same. Bodies beyond the budget are not
        /// looked at.
        WARN,
        /// Every body is looked at, and such a one is dead-lettered.
        REJECT
    }

    /// What a look at a body came to.
    public sealed interface Finding {
        /// It is as its schema says, or was not to be looked at.
        record Sound() implements Finding {}

        /// It was not looked at: the second's budget is spent.
        record Unchecked() implements Finding {}

        /// It breaks a rule of its schema.
        ///
        /// @param fault where the first violation is, a JSON pointer, and the keyword of the
        ///   schema; never a value
        record Violation(String fault) implements Finding {}
    }

    /// Compiles the schemas.
    ///
    /// @param budget how many bodies are looked at where the mode is to warn
    public SchemaCheck(Mode mode, Budget budget) {
        this.mode = mode;
        this.budget = budget;
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        for (var type : TriggerEvent.values()) {
            schemas.put(type, registry.getSchema(MAPPER.readTree(type.schema().bytes())));
        }
    }

    Mode mode() {
        return mode;
    }

    Finding check(TriggerEvent type, Payload body) {
        return switch (mode) {
            case OFF -> new Finding.Sound();
            case WARN -> budget.take() ? look(type, body) : new Finding.Unchecked();
            case REJECT -> look(type, body);
        };
    }

    private Finding look(TriggerEvent type, Payload body) {
        var schema = schemas.get(type);
        if (schema == null) {
            throw new IllegalStateException("every type has a schema: " + type);
        }
        try {
            var errors = schema.validate(MAPPER.readTree(body.bytes()));
            return errors.isEmpty() ? new Finding.Sound() : violation(errors.getFirst());
        } catch (JacksonException e) { // well-formed, but beyond the parser's limits
            return new Finding.Violation("the root: too deep or too long to be checked");
        }
    }

    private static Finding violation(Error error) {
        var at = error.getInstanceLocation().toString();
        var property = error.getProperty();
        return new Finding.Violation(
                "%s: %s%s"
                        .formatted(
                                at.isEmpty() ? "the root" : at,
                                error.getKeyword(),
                                property == null ? "" : " " + property));
    }
}
