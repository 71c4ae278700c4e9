package com.avoma.webhooks.benchmark.load;

import com.avoma.webhooks.common.event.TriggerEvent;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/// A meeting that was booked, as the product publishes it: CloudEvents 1.0 in headers.
public final class EventRecord {
    public static final TriggerEvent TYPE = TriggerEvent.MEETING_BOOKED_VIA_SCHEDULER;

    private EventRecord() {}

    /// @param number says which user it is by
    /// @param time RFC 3339
    public static ProducerRecord<byte[], byte[]> of(
            String topic, UUID organization, UUID id, long number, String time, byte[] body) {
        var record = new ProducerRecord<>(topic, utf8(id.toString()), body);
        var headers = record.headers();
        headers.add("ce_specversion", utf8("1.0"));
        headers.add("ce_id", utf8(id.toString()));
        headers.add("ce_source", utf8("/meetings"));
        headers.add("ce_type", utf8(TYPE.name()));
        headers.add("ce_time", utf8(time));
        headers.add("ce_organizationid", utf8(organization.toString()));
        headers.add("ce_userid", utf8(new UUID(3, number % 100).toString()));
        headers.add("content-type", utf8("application/json"));
        return record;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
