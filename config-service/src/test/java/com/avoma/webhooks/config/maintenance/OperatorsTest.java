package com.avoma.webhooks.config.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorsTest {
    private static final String TOKEN = "a token of operators";
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("10.1.2.3");

    @Test
    void areThoseOnThisMachineWhereThereIsNoToken() {
        var operators = new Operators(null);

        assertThat(operators.admit(HERE, false, null)).isTrue();
        assertThat(operators.admit(InetAddress.ofLiteral("::1"), false, null)).isTrue();
        assertThat(operators.admit(ELSEWHERE, false, null)).isFalse();
        assertThat(operators.admit(ELSEWHERE, false, "Bearer null")).isFalse();
        assertThat(operators.admit(null, false, null)).isFalse();
    }

    @Test
    void areNotThoseBehindAProxyOnThisMachine() {
        assertThat(new Operators(null).admit(HERE, true, null)).isFalse();
    }

    @Test
    void areThoseWithTheTokenFromAnywhere() {
        var operators = new Operators(TOKEN);

        assertThat(operators.admit(ELSEWHERE, true, "Bearer " + TOKEN)).isTrue();
        assertThat(operators.admit(ELSEWHERE, false, "bearer  " + TOKEN)).isTrue();
        assertThat(operators.admit(HERE, false, null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                TOKEN,
                "Basic " + TOKEN,
                "Bearer " + TOKEN + "x",
                "Bearer a token of operator"
            })
    void areNotThoseWithAnythingElse(String authorization) {
        assertThat(new Operators(TOKEN).admit(HERE, false, authorization)).isFalse();
    }
}
