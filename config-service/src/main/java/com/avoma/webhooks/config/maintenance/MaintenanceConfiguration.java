package com.avoma.webhooks.config.maintenance;

import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.common.topic.TopicCatalog;
import com.avoma.webhooks.common.topic.TopicProvisioner;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.config.change.SetupEditor;
import com.avoma.webhooks.config.idempotency.IdempotencyRepository;
import java.util.List;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The one who does the tasks.
@Configuration(proxyBeanMethods = false)
class MaintenanceConfiguration {
    @Bean(initMethod = "start", destroyMethod = "close")
    @DependsOnDatabaseInitialization
    MaintenanceWorker maintenanceWorker(
            MaintenanceRepository tasks,
            SetupEditor setups,
            SecretCipher cipher,
            IdempotencyRepository answers,
            TopicProvisioner provisioner,
            Topics topics) {
        var topic = List.of(new TopicCatalog(topics).webhookConfig());
        return new MaintenanceWorker(
                tasks, setups, new Reseal(cipher), answers, () -> provisioner.provision(topic));
    }
}
