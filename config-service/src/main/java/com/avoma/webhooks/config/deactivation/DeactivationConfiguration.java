package com.avoma.webhooks.config.deactivation;

import com.avoma.webhooks.config.change.SetupEditor;
import com.avoma.webhooks.config.publication.LeaseRepository;
import com.avoma.webhooks.config.publication.LeasedLoop;
import com.avoma.webhooks.config.publication.PublicationProperties;
import com.avoma.webhooks.config.setup.WebhookRepository;
import java.time.Clock;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The one who deactivates.
@Configuration(proxyBeanMethods = false)
class DeactivationConfiguration {
    @Bean
    DeactivationPolicy deactivationPolicy(DeactivationProperties properties) {
        return new DeactivationPolicy(properties);
    }

    @Bean
    Deactivator deactivator(
            StreakRepository streaks,
            WebhookRepository webhooks,
            DeactivationPolicy policy,
            SetupEditor setups,
            BacklogClient backlog,
            Clock clock) {
        var warnings = new Warnings(streaks, webhooks, policy);
        return new Deactivator(streaks, warnings, policy, setups, backlog, clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    @DependsOnDatabaseInitialization
    LeasedLoop deactivationLoop(
            Deactivator deactivator,
            LeaseRepository leases,
            DeactivationProperties properties,
            PublicationProperties publication) {
        var lease = new LeasedLoop.Lease(leases, "deactivation", publication.lease());
        return new LeasedLoop(lease, properties.checkInterval(), deactivator);
    }
}
