package com.avoma.webhooks.config.change;

import com.avoma.webhooks.config.publication.BrokerClient;
import com.avoma.webhooks.config.publication.PublicationProperties;
import com.avoma.webhooks.config.publication.SnapshotPublisher;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The one way to change a setup.
@Configuration(proxyBeanMethods = false)
class ChangeConfiguration {
    @Bean
    SetupEditor setupEditor(
            ChangeRepository changes,
            BrokerClient broker,
            SnapshotPublisher publisher,
            PublicationProperties properties) {
        return new SetupEditor(changes, broker, publisher, properties);
    }

    @Bean(destroyMethod = "close")
    @DependsOnDatabaseInitialization
    ExpiredChanges expiredChanges(ChangeRepository changes) {
        return new ExpiredChanges(changes);
    }
}
