package com.avoma.webhooks.delivery.sending;

import com.avoma.webhooks.delivery.DeliveryProperties;
import com.avoma.webhooks.delivery.sending.connection.Connector;
import com.avoma.webhooks.delivery.sending.connection.Transport;
import com.avoma.webhooks.delivery.sending.egress.AddressGuard;
import com.avoma.webhooks.delivery.sending.tls.TlsClient;
import com.avoma.webhooks.delivery.sending.tls.TlsProperties;
import io.netty.handler.ssl.OpenSsl;
import java.time.InstantSource;
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The way out to the receivers.
@Configuration(proxyBeanMethods = false)
class SendingConfiguration {
    private static final Logger log = LoggerFactory.getLogger(SendingConfiguration.class);

    @Bean
    Transport transport() {
        return Transport.ofPlatform();
    }

    @Bean(destroyMethod = "close")
    HttpSender httpSender(
            DeliveryProperties properties,
            Transport transport,
            SslBundles bundles,
            ObjectProvider<BuildProperties> build,
            InstantSource clock) {
        log.info(
                "sending.ready boringssl={} proxy={}",
                OpenSsl.isAvailable(),
                properties.egress().way());
        var connector =
                new Connector(
                        new AddressGuard(
                                transport.resolvers(),
                                properties.egress().policy(),
                                properties.egress().way()),
                        TlsClient.trusting(extraTrust(properties.tls(), bundles)),
                        transport,
                        properties.connectTimeout());
        var limits =
                new HttpSender.Limits(
                        properties.attemptTimeout(),
                        Math.toIntExact(properties.responseExcerpt().toBytes()));
        return new HttpSender(transport.loops(), connector, limits, clock, userAgent(build));
    }

    private static TrustManager[] extraTrust(TlsProperties properties, SslBundles bundles) {
        return properties.trustBundle().isEmpty()
                ? new TrustManager[0]
                : bundles.getBundle(properties.trustBundle()).getManagers().getTrustManagers();
    }

    private static String userAgent(ObjectProvider<BuildProperties> build) {
        var properties = build.getIfAvailable();
        var version = properties == null ? null : properties.getVersion();
        return "Avoma-Webhooks/" + (version == null ? "unreleased" : version);
    }
}
