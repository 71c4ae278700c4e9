package com.avoma.webhooks.config.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.web.Caller;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketTest {
    private static final UUID ACME = UUID.fromString("11111111-1111-1111-1111-111111111111");
    private static final UUID OTHER = UUID.fromString("22222222-2222-2222-2222-222222222222");
    private final RateProperties properties = new RateProperties(60, 600);

    @Test
    void isOneForEachCallerWhereverItCallsFrom() {
        var bucket = Bucket.of(Caller.key(ACME, "k", "192.0.2.1"), properties);

        assertThat(Bucket.of(Caller.key(ACME, "k", "192.0.2.2"), properties)).isEqualTo(bucket);
        assertThat(Bucket.of(Caller.key(ACME, "l", "192.0.2.1"), properties)).isNotEqualTo(bucket);
        assertThat(Bucket.of(Caller.user(ACME, "k", null), properties).name())
                .isNotEqualTo(bucket.name());
        assertThat(Bucket.of(Caller.user(ACME, "u", null), properties))
                .isNotEqualTo(Bucket.of(Caller.user(OTHER, "u", null), properties));
    }

    @Test
    void isLargerForPeople() {
        assertThat(Bucket.of(Caller.key(ACME, "k", null), properties).perMinute()).isEqualTo(60);
        assertThat(Bucket.of(Caller.user(ACME, "u", null), properties).perMinute()).isEqualTo(600);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, address/192.0.2.1",
        "2001:db8:1:2:3:4:5:6, address/20010db800010002::/64",
        "2001:db8:1:2::, address/20010db800010002::/64",
        "2001:db8:1:3::, address/20010db800010003::/64"
    })
    void takesTheAddressesOfOneNetworkTogether(String address, String name)
            throws UnknownHostException {
        assertThat(Bucket.of(InetAddress.getByName(address), properties).name()).isEqualTo(name);
    }

    @Test
    void isRefilledEvenly() {
        var bucket = new Bucket("b", 60);
        assertThat(bucket.interval()).isEqualTo(1);
        assertThat(bucket.lastToken()).isEqualTo(59);
        assertThat(new Bucket("b", 1).lastToken()).isZero();
    }
}
