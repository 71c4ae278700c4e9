package com.avoma.webhooks.common.json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/// The mapper for the records that the services exchange: snake_case, RFC 3339 times in UTC, and
/// unknown fields ignored so that an older version reads what a newer one wrote. Webhook bodies
/// never pass through it: see [JsonNormalizer].
public final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private Json() {}

    /// UTF-8 JSON of a record. Fields of type [Instant] and [UUID] are written as text.
    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /// Reads a record of the given type.
    ///
    /// @throws MalformedRecordException where the bytes are not JSON of that shape
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            var value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new MalformedRecordException(
                        type.getSimpleName() + ": null (expected: an object)");
            }
            return value;
        } catch (JacksonException e) {
            throw new MalformedRecordException(
                    type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }
}
