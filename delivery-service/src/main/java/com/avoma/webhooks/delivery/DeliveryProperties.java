package com.avoma.webhooks.delivery;

import com.avoma.webhooks.delivery.retry.DeferralProperties;
import com.avoma.webhooks.delivery.retry.RetryProperties;
import com.avoma.webhooks.delivery.sending.egress.EgressProperties;
import com.avoma.webhooks.delivery.sending.tls.TlsProperties;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// `webhooks.delivery`
///
/// @param attemptTimeout the deadline of an attempt in all: look-up, connect, handshake, headers,
///   body. Longer is kinder to slow receivers, which then hold their permits for longer
/// @param connectTimeout the time for the TCP connection to one address
/// @param inFlight how many jobs the process works on at a time, and at most sends twice after a
///   crash. More of them hide the latency of receivers and that of commits, and take memory
/// @param inFlightBytes how many bytes they may take together. More of them are for large bodies
///   and take heap
/// @param inFlightPerWebhook how many of them may be one webhook's, where its endpoint is good for
///   so many. Fewer protect the receiver and the other webhooks, and slow the drain of one
///   webhook's backlog
/// @param readAhead how many bytes of jobs that have not started are held, of all partitions. More
///   of them find what is due behind more of what is not, and take heap
/// @param responseExcerpt how much of an answer's body is kept in the delivery log
@ConfigurationProperties(prefix = "webhooks.delivery", ignoreUnknownFields = false)
public record DeliveryProperties(
        @DefaultValue("15s") Duration attemptTimeout,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("1024") int inFlight,
        @DefaultValue("32MB") DataSize inFlightBytes,
        @DefaultValue("32") int inFlightPerWebhook,
        @DefaultValue("48MB") DataSize readAhead,
        @DefaultValue("16KB") DataSize responseExcerpt,
        @NestedConfigurationProperty @DefaultValue RetryProperties retry,
        @NestedConfigurationProperty @DefaultValue DeferralProperties deferral,
        @NestedConfigurationProperty @DefaultValue EgressProperties egress,
        @NestedConfigurationProperty @DefaultValue TlsProperties tls) {

    private static final DataSize LARGEST_EXCERPT = DataSize.ofKilobytes(128);

    public DeliveryProperties {
        positive("attempt-timeout", attemptTimeout);
        positive("connect-timeout", connectTimeout);
        positive("in-flight", inFlight);
        atLeast("in-flight-bytes", inFlightBytes, DataSize.ofMegabytes(1));
        positive("in-flight-per-webhook", inFlightPerWebhook);
        atLeast("read-ahead", readAhead, DataSize.ofMegabytes(1));
        if (responseExcerpt.isNegative() || responseExcerpt.compareTo(LARGEST_EXCERPT) > 0) {
            throw new IllegalArgumentException(
                    "response-excerpt: " + responseExcerpt + " (expected: 0 to 128KB)");
        }
    }

    private static void positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }

    private static void atLeast(String name, DataSize value, DataSize least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    name + ": " + value + " (expected: at least " + least.toMegabytes() + "MB)");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
