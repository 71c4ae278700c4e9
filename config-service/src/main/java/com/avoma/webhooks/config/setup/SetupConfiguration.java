package com.avoma.webhooks.config.setup;

import com.avoma.webhooks.config.publication.BrokerClient;
import com.avoma.webhooks.config.publication.PublicationProperties;
import com.avoma.webhooks.config.publication.SnapshotPublisher;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The one way to change a setup.
@Configuration(proxyBeanMethods = false)
class SetupConfiguration {
    @Bean
    SetupEditor setupEditor(
            SetupRepository setups,
            BrokerClient broker,
            SnapshotPublisher publisher,
            PublicationProperties properties) {
        return new SetupEditor(setups, broker, publisher, properties);
    }

    @Bean(destroyMethod = "close")
    @DependsOnDatabaseInitialization
    ExpiredChanges expiredChanges(SetupRepository setups) {
        return new ExpiredChanges(setups);
    }
}
