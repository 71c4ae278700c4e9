package com.avoma.webhooks.delivery;

import static com.avoma.webhooks.delivery.Installation.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.delivery.receiver.ConnectProxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the process's environment says of proxies is not for deliveries, which go straight to IPv4
/// and IPv6 receivers alike.
class EnvironmentIT {
    private Installation installation;
    private ConnectProxy proxy;
    private ServiceProcess process;

    @TempDir private Path directory;

    @BeforeEach
    void start() throws Exception {
        installation = new Installation(directory, 1);
    }

    @AfterEach
    void stop() throws Exception {
        process.close();
        proxy.close();
        installation.close();
    }

    @Test
    void namesAProxyThatIsNotUsed() throws Exception {
        var four = installation.receiver();
        var six = installation.receiverOverIpv6();
        proxy = new ConnectProxy(502, four.port());
        Map<String, String> environment = new HashMap<>();
        for (var name : new String[] {"HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"}) {
            environment.put(name, "http://127.0.0.1:" + proxy.port());
            environment.put(name.toLowerCase(java.util.Locale.ROOT), environment.get(name));
        }
        environment.put(
                "JAVA_TOOL_OPTIONS",
                "-Djava.net.useSystemProxies=true -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort="
                        + proxy.port());
        process = ServiceProcess.start(environment, installation.arguments());

        installation.publish(installation.webhook(four), 1);
        installation.publish(installation.webhook(six.url("[::1]")), 1);

        four.await(PATIENCE);
        assertThat(six.await(PATIENCE).header("Host")).isEqualTo("[::1]:" + six.port());
        assertThat(proxy.asked()).isEmpty();
    }
}
