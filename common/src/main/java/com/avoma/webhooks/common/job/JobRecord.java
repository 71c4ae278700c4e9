package com.avoma.webhooks.common.job;

import com.avoma.webhooks.common.json.MalformedRecordException;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.common.time.InstantText;
import com.avoma.webhooks.common.time.PlainTime;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/// A [DeliveryJob] as a Kafka record: key = webhook, value = the body, everything else in headers,
/// each of them text in UTF-8.
public final class JobRecord {
    public static final String MESSAGE_ID = "webhooks-message-id";
    public static final String ORGANIZATION = "webhooks-organization-id";
    public static final String CONFIG_REVISION = "webhooks-config-revision";
    public static final String EVENT_ID = "webhooks-event-id";
    public static final String EVENT_SOURCE = "webhooks-event-source";
    public static final String EVENT_TYPE = "webhooks-event-type";
    public static final String EVENT_TIME = "webhooks-event-time";
    public static final String USER = "webhooks-user-id";
    public static final String ATTEMPT = "webhooks-attempt";
    public static final String DUE_AT = "webhooks-due-at";
    public static final String DEFERRED_SINCE = "webhooks-deferred-since";
    public static final String ORIGIN = "webhooks-origin";
    public static final String TRACE_PARENT = "traceparent";
    public static final String TRACE_STATE = "tracestate";
    public static final String PREVIOUS_ATTEMPT = "webhooks-previous-attempt";

    /// Why a record is in a dead-letter topic: one word.
    public static final String REASON = "webhooks-reason";

    /// What there is to say about it: a sentence.
    public static final String DETAIL = "webhooks-detail";

    private JobRecord() {}

    /// The record of a job, its partition by the webhook.
    public static ProducerRecord<byte[], byte[]> of(String topic, DeliveryJob job) {
        var record =
                new ProducerRecord<>(
                        topic,
                        null,
                        bytes(job.webhookUuid().toString()),
                        job.body().bytes(),
                        new RecordHeaders());
        var headers = record.headers();
        add(headers, MESSAGE_ID, job.messageId());
        add(headers, ORGANIZATION, job.organizationUuid().toString());
        add(headers, CONFIG_REVISION, Long.toString(job.configRevision()));
        add(headers, EVENT_ID, job.eventId());
        add(headers, EVENT_SOURCE, job.eventSource());
        add(headers, EVENT_TYPE, job.eventType());
        add(headers, EVENT_TIME, InstantText.of(job.eventTime()));
        add(headers, USER, job.userId());
        add(headers, ATTEMPT, Integer.toString(job.attempt()));
        add(headers, ORIGIN, job.origin().name());
        if (job.dueAt() != null) {
            add(headers, DUE_AT, job.dueAt().toString());
        }
        if (job.deferredSince() != null) {
            add(headers, DEFERRED_SINCE, job.deferredSince().toString());
        }
        if (job.trace() != null) {
            add(headers, job.trace());
        }
        return record;
    }

    private static void add(Headers headers, TraceContext trace) {
        add(headers, TRACE_PARENT, trace.parent());
        if (trace.state() != null) {
            add(headers, TRACE_STATE, trace.state());
        }
        if (trace.previousAttempt() != null) {
            add(headers, PREVIOUS_ATTEMPT, trace.previousAttempt());
        }
    }

    /// Reads a job back.
    ///
    /// @throws MalformedRecordException where a header is missing or is not what it should be
    public static DeliveryJob read(ConsumerRecord<byte[], byte[]> record) {
        var headers = new JobHeaders(table(record.headers()));
        return new DeliveryJob(
                headers.text(MESSAGE_ID),
                headers.parsed(ORGANIZATION, "a uuid", UUID::fromString),
                webhook(record),
                headers.parsed(CONFIG_REVISION, "a whole number", Long::parseLong),
                headers.text(EVENT_ID),
                headers.text(EVENT_SOURCE),
                headers.text(EVENT_TYPE),
                headers.parsed(EVENT_TIME, "an RFC 3339 time", PlainTime::read),
                headers.text(USER),
                headers.parsed(ATTEMPT, "a whole number from 1", JobRecord::attempt),
                headers.time(DUE_AT),
                headers.parsed(ORIGIN, "an origin", DeliveryJob.Origin::valueOf),
                trace(headers),
                body(record),
                headers.time(DEFERRED_SINCE));
    }

    /// Goes through headers once, for those who ask for many of them.
    public static HeaderTable table(Headers headers) {
        var table = new HeaderTable();
        for (var header : headers) {
            table.take(header.key(), header.value());
        }
        return table;
    }

    /// The last value of a header as text; null where it is absent.
    public static @Nullable String text(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.UTF_8);
    }

    /// Sets a header, in place of any of that name.
    public static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, bytes(value));
    }

    private static int attempt(String text) {
        int attempt = Integer.parseInt(text);
        if (attempt < 1) {
            throw new IllegalArgumentException(text);
        }
        return attempt;
    }

    /// Adds a header to those of a new record, where nothing of that name is.
    private static void add(Headers headers, String name, String value) {
        headers.add(new RecordHeader(name, bytes(value)));
    }

    /// Whose job it is, without reading the rest.
    ///
    /// @throws MalformedRecordException where the key is missing or not a uuid
    public static UUID webhook(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            throw new MalformedRecordException("job: no key (expected: the webhook's uuid)");
        }
        try {
            return UUID.fromString(new String(record.key(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException(
                    "job: malformed key (expected: the webhook's uuid)", e);
        }
    }

    private static @Nullable TraceContext trace(JobHeaders headers) {
        var parent = headers.textOrNull(TRACE_PARENT);
        return parent == null
                ? null
                : new TraceContext(
                        parent,
                        headers.textOrNull(TRACE_STATE),
                        headers.textOrNull(PREVIOUS_ATTEMPT));
    }

    private static Payload body(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new MalformedRecordException("job: no value (expected: the body)");
        }
        return Payload.of(record.value());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
