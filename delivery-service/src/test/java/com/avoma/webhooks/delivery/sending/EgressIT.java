package com.avoma.webhooks.delivery.sending;

import static com.avoma.webhooks.delivery.sending.Failures.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.delivery.receiver.Authority;
import com.avoma.webhooks.delivery.receiver.ConnectProxy;
import com.avoma.webhooks.delivery.receiver.NameServer;
import com.avoma.webhooks.delivery.receiver.Receiver;
import com.avoma.webhooks.delivery.receiver.Receiver.Answer;
import com.avoma.webhooks.delivery.sending.Outcome.Delivered;
import com.avoma.webhooks.delivery.sending.egress.EgressProxy;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EgressIT {
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private final List<AutoCloseable> open = new ArrayList<>();
    private Authority authority;
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        authority = new Authority();
        receiver = keep(Receiver.start(authority.forLocalhost()));
    }

    @AfterEach
    void stop() throws Exception {
        System.clearProperty("https.proxyHost");
        System.clearProperty("https.proxyPort");
        for (var one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void connectsToTheAddressThatWasVettedAndAsksForNoOther() throws Exception {
        var changing = new ChangingResolvers();
        var sender = keep(Senders.with(authority, LIMIT, changing, null));

        assertThat(post(sender, receiver.url("localhost")).outcome()).isEqualTo(new Delivered(200));
        assertThat(changing.asked).hasValue(1);
    }

    @Test
    void usesNoProxyOfTheEnvironment() throws Exception {
        var proxy = keep(new ConnectProxy(502, receiver.port()));
        System.setProperty("https.proxyHost", "127.0.0.1");
        System.setProperty("https.proxyPort", Integer.toString(proxy.port()));
        var sender = keep(Senders.trusting(authority, LIMIT));

        assertThat(post(sender, receiver.url("localhost")).outcome()).isEqualTo(new Delivered(200));
        assertThat(proxy.asked()).isEmpty();
    }

    @Test
    void reachesIpv6() throws Exception {
        assumeTrue(hasIpv6(), "no IPv6 loopback here");
        var six = keep(Receiver.overIpv6(authority.forLocalhost()));
        var sender = keep(Senders.trusting(authority, LIMIT));

        assertThat(post(sender, six.url("[::1]")).outcome()).isEqualTo(new Delivered(200));
        assertThat(six.await(Duration.ofSeconds(5)).header("Host"))
                .isEqualTo("[::1]:" + six.port());
    }

    @Test
    void triesTheOtherAddressWhereIpv6IsNotListenedTo() throws Exception {
        var sender =
                keep(Senders.with(authority, LIMIT, new FixedResolvers("::1", "127.0.0.1"), null));

        assertThat(post(sender, receiver.url("localhost")).outcome()).isEqualTo(new Delivered(200));
    }

    @Test
    void vetsTheAddressAnewForEachConnection() throws Exception {
        var names = keep(new NameServer()).says("127.0.0.1").says("10.0.0.1");
        var named = keep(Receiver.start(authority.forHost("hooks.example.test")));
        named.otherwise(Answer.status(200, "Connection: close"));
        var sender = keep(Senders.with(authority, LIMIT, names.resolvers(), null));

        assertThat(post(sender, named.url("hooks.example.test")).outcome())
                .isEqualTo(new Delivered(200));
        assertThat(names.asked()).isEqualTo(1);
        assertFailure(
                post(sender, named.url("hooks.example.test")),
                Failure.BLOCKED_ADDRESS,
                "10.0.0.1 is refused: private use");
        assertThat(named.connections()).isEqualTo(1);
    }

    @Test
    void goesThroughTheProxyAndLeavesTheNameToIt() throws Exception {
        var proxy = keep(new ConnectProxy(200, receiver.port()));
        var sender = throughProxy("http://user:p%40ss@127.0.0.1:" + proxy.port());

        var attempt = post(sender, "https://localhost:4443/hook");

        assertThat(attempt.outcome()).isEqualTo(new Delivered(200));
        assertThat(attempt.timings().dnsMs()).isNull();
        assertThat(attempt.timings().connectMs()).isNotNull();
        assertThat(proxy.asked().poll(5, TimeUnit.SECONDS))
                .isEqualTo(
                        "CONNECT localhost:4443 HTTP/1.1\r\n"
                                + "Host: localhost:4443\r\n"
                                + "Proxy-Authorization: Basic dXNlcjpwQHNz\r\n\r\n");
        assertThat(receiver.await(Duration.ofSeconds(5)).head())
                .startsWith("POST /hook HTTP/1.1\r\nHost: localhost:4443\r\n")
                .doesNotContainIgnoringCase("proxy");
    }

    @ParameterizedTest
    @CsvSource({
        "403, BLOCKED_ADDRESS, proxy refused the target with status 403",
        "407, BLOCKED_ADDRESS, proxy refused the target with status 407",
        "502, CONNECT, proxy could not connect to the target and answered 502",
        "0, TIMEOUT, proxy did not open a tunnel within 5000 ms"
    })
    void saysThatTheProxyRefused(int status, Failure failure, String detail) throws Exception {
        var proxy = keep(new ConnectProxy(status, receiver.port()));
        var sender = throughProxy("http://127.0.0.1:" + proxy.port());

        assertFailure(post(sender, "https://localhost:4443/"), failure, detail);
        assertThat(receiver.connections()).isZero();
    }

    @Test
    void vetsAddressesInUrlsEvenWithAProxy() throws Exception {
        var proxy = keep(new ConnectProxy(200, receiver.port()));
        var sender = throughProxy("http://127.0.0.1:" + proxy.port());

        assertFailure(post(sender, "https://10.0.0.1/"), Failure.BLOCKED_ADDRESS, "private use");
        assertFailure(
                post(sender, "https://2130706433/"), Failure.BLOCKED_ADDRESS, "non-canonical");
        assertThat(proxy.asked()).isEmpty();
    }

    private HttpSender throughProxy(String url) throws Exception {
        return keep(
                Senders.with(
                        authority, LIMIT, new FixedResolvers("127.0.0.1"), EgressProxy.of(url)));
    }

    private static boolean hasIpv6() {
        try (var _ = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static Attempt post(HttpSender sender, String url) throws Exception {
        return sender.post(
                        Request.of(
                                url,
                                sender.userAgent(),
                                List.of(),
                                List.of(),
                                Payload.of("{\"event_type\":\"AINOTE\"}")))
                .get(30, TimeUnit.SECONDS);
    }

    private <T extends AutoCloseable> T keep(T one) {
        open.add(one);
        return one;
    }

    /// Says 127.0.0.1 the first time, and an address that would be refused from then on.
    private static final class ChangingResolvers extends AddressResolverGroup<InetSocketAddress> {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
            return new InetSocketAddressResolver(
                    executor,
                    new InetNameResolver(executor) {
                        @Override
                        protected void doResolve(String name, Promise<InetAddress> promise) {
                            promise.setSuccess(next());
                        }

                        @Override
                        protected void doResolveAll(
                                String name, Promise<List<InetAddress>> promise) {
                            promise.setSuccess(List.of(next()));
                        }
                    });
        }

        private InetAddress next() {
            return InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? "127.0.0.1" : "10.0.0.1");
        }
    }
}
