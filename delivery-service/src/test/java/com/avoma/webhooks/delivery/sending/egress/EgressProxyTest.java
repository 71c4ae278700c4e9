package com.avoma.webhooks.delivery.sending.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressProxyTest {
    @Test
    void readsHostAndPort() {
        assertThat(EgressProxy.of("http://proxy.internal:4750"))
                .isEqualTo(new EgressProxy("proxy.internal", 4750, null));
    }

    @Test
    void keepsCredentialsOutOfText() {
        var proxy = EgressProxy.of("http://me:hush@proxy:4750/");

        assertThat(proxy.authorization()).isEqualTo("Basic bWU6aHVzaA==");
        assertThat(proxy.toString()).isEqualTo("http://proxy:4750");
        assertThat(
                        new EgressProperties(List.of(), List.of(), "http://me:hush@proxy:4750")
                                .toString())
                .contains("http://proxy:4750")
                .doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy:4750",
                "https://proxy:4750",
                "http://proxy",
                "http://proxy:4750/hush",
                "http://proxy:4750?hush",
                "http://hush hush"
            })
    void refusesWhatIsNotAProxyWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> EgressProxy.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("egress.proxy: not a proxy (expected: http://host:port)");
    }
}
