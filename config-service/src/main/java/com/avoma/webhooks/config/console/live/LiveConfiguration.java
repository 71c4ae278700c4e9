package com.avoma.webhooks.config.console.live;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/// How much may be watched: at the most 50 reads a second of one instance, a page of deliveries
/// each.
@Configuration(proxyBeanMethods = false)
class LiveConfiguration {
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final int FEEDS = 100;
    private static final int STREAMS = 500;

    @Bean
    LiveFeeds liveFeeds() {
        return new LiveFeeds(INTERVAL, FEEDS, Schedulers.parallel());
    }

    @Bean
    LiveStreams liveStreams(LiveFeeds feeds) {
        return new LiveStreams(feeds, STREAMS, Schedulers.parallel());
    }
}
