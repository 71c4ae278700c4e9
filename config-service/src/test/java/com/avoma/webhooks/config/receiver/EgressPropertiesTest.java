package com.avoma.webhooks.config.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.egress.AddressPolicy.Ruling;
import com.avoma.webhooks.config.BoundProperties;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class EgressPropertiesTest {
    private static final String PREFIX = "webhooks.delivery.egress";

    @Test
    void allowsPublicAddressesOnly() {
        var policy = BoundProperties.of(EgressProperties.class, PREFIX).policy();

        assertThat(policy.judge(InetAddress.ofLiteral("93.184.215.14")))
                .isEqualTo(new Ruling.Permitted());
        assertThat(policy.judge(InetAddress.ofLiteral("127.0.0.1")))
                .isInstanceOf(Ruling.Refused.class);
    }

    @Test
    void takesNetworks() {
        var policy =
                BoundProperties.of(
                                EgressProperties.class,
                                PREFIX,
                                "allowed-networks",
                                "10.0.0.0/8, ::1/128",
                                "denied-networks",
                                "93.184.0.0/16")
                        .policy();

        assertThat(policy.judge(InetAddress.ofLiteral("10.1.1.1")))
                .isEqualTo(new Ruling.Permitted());
        assertThat(policy.judge(InetAddress.ofLiteral("93.184.215.14")))
                .isInstanceOf(Ruling.Refused.class);
    }

    @Test
    void refusesWhatIsNoNetwork() {
        assertThat(
                        BoundProperties.refusal(
                                EgressProperties.class, PREFIX, "allowed-networks", "10.0.0.0/33"))
                .isEqualTo("network: 10.0.0.0/33 (expected: like 10.0.0.0/8 or fd00::/8)");
    }
}
