package com.avoma.webhooks.config.recovery;

import com.avoma.webhooks.config.change.OrganizationRepository;
import com.avoma.webhooks.config.directory.DirectoryRepository;
import com.avoma.webhooks.config.housekeeping.HousekeepingProperties;
import com.avoma.webhooks.config.housekeeping.Sweep;
import com.avoma.webhooks.config.replay.ReplayClient;
import com.avoma.webhooks.config.setup.WebhookRepository;
import java.time.Clock;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The one who works, and the end of what is long over.
@Configuration(proxyBeanMethods = false)
class RecoveryConfiguration {
    @Bean
    Selection recoverySelection(
            WebhookRepository webhooks,
            OrganizationRepository organizations,
            DirectoryRepository directory,
            KnownDeliveryRepository deliveries) {
        return new Selection(webhooks, organizations, directory, deliveries);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    @DependsOnDatabaseInitialization
    RecoveryWorker recoveryWorker(
            RecoveryRepository recoveries,
            ClaimRepository claims,
            Selection selection,
            ReplayClient replays,
            RecoveryPublisher publisher,
            RecoveryProperties properties) {
        var turn = new Turn(recoveries, claims, selection, replays, publisher, properties);
        return new RecoveryWorker(claims, turn, properties);
    }

    @Bean
    Recoveries recoveries(
            RecoveryRepository repository,
            AskedRecoveryRepository asked,
            KnownDeliveryRepository deliveries,
            WebhookRepository webhooks,
            RecoveryWorker worker,
            Clock clock) {
        return new Recoveries(repository, asked, deliveries, webhooks, worker, clock);
    }

    @Bean
    @DependsOnDatabaseInitialization
    Sweep recoverySweep(RecoveryRepository recoveries, HousekeepingProperties housekeeping) {
        return new Sweep("recoveries", housekeeping.interval(), recoveries::sweep);
    }
}
