package com.avoma.webhooks.config.erasure;

import com.avoma.webhooks.config.change.SetupEditor;
import com.avoma.webhooks.config.housekeeping.Sweep;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Goes on with erasures, again and again until they are finished.
@Configuration(proxyBeanMethods = false)
class ErasureConfiguration {
    private static final Duration EVERY = Duration.ofSeconds(5);

    @Bean(destroyMethod = "close")
    @DependsOnDatabaseInitialization
    Sweep erasureSweep(ErasureRepository erasures, SetupEditor setups, Clock clock) {
        var eraser = new Eraser(erasures, setups, clock);
        return new Sweep("erasures", EVERY, eraser::goOn);
    }
}
