package com.avoma.webhooks.config.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says of records what Jackson makes of them: every component is there, but for those that are
/// left out where they are null or empty, and only a component that is nullable in Java is null.
final class RecordSchemas implements ModelConverter {
    private static final String REFERENCE = "#/components/schemas/";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> schema = chain.next().resolve(type, context, chain);
        var raw = TypeFactory.defaultInstance().constructType(type.getType()).getRawClass();
        if (schema != null && raw.isRecord()) {
            var defined = definition(schema, context);
            if (defined != null && defined.getProperties() != null) {
                describe(raw, defined);
            }
        }
        return schema;
    }

    /// The name of a component on the wire.
    static String name(RecordComponent component) {
        var given = component.getAnnotation(JsonProperty.class);
        if (given == null) {
            given = component.getAccessor().getAnnotation(JsonProperty.class);
        }
        return given == null
                ? new SnakeCaseStrategy().translate(component.getName())
                : given.value();
    }

    private static @Nullable Schema<?> definition(Schema<?> schema, ModelConverterContext context) {
        var reference = schema.get$ref();
        return reference == null
                ? schema
                : context.getDefinedModels().get(reference.substring(REFERENCE.length()));
    }

    private static void describe(Class<?> type, Schema<?> schema) {
        List<String> required = new ArrayList<>();
        boolean request = type.isAnnotationPresent(RequestBodies.Partial.class);
        for (var component : type.getRecordComponents()) {
            var name = name(component);
            Schema<?> property = schema.getProperties().get(name);
            if (property == null) {
                continue;
            }
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (component.getAccessor().isAnnotationPresent(JsonRawValue.class)) {
                property = new Schema<>().types(Set.of("object"));
            }
            boolean leftOut = leftOut(type, component, nullable);
            schema.getProperties().put(name, nullable && !leftOut ? orNull(property) : property);
            if (request ? component.isAnnotationPresent(RequestBodies.Required.class) : !leftOut) {
                required.add(name);
            }
        }
        schema.setRequired(required.isEmpty() ? null : required);
    }

    private static boolean leftOut(Class<?> type, RecordComponent component, boolean nullable) {
        var ofType = type.getAnnotation(JsonInclude.class);
        var ofComponent = component.getAccessor().getAnnotation(JsonInclude.class);
        return ofComponent != null || ofType != null && nullable;
    }

    @SuppressWarnings("unchecked")
    private static Schema<?> orNull(Schema<?> property) {
        if (property.get$ref() != null || property.getTypes() == null) {
            var either = new Schema<>();
            either.addAnyOfItem(property);
            either.addAnyOfItem(new Schema<>().types(Set.of("null")));
            return either;
        }
        Set<String> types = new LinkedHashSet<>(property.getTypes());
        types.add("null");
        property.setTypes(types);
        if (property.getEnum() != null && !property.getEnum().contains(null)) {
            List<Object> values = new ArrayList<>(property.getEnum());
            values.add(null);
            ((Schema<Object>) property).setEnum(values);
        }
        return property;
    }
}
