package com.avoma.webhooks.testing;

import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;

/// Notices the first Spring context of the JVM, right before Spring Boot installs its shutdown hook
/// for it. Named in `META-INF/spring.factories`, so no test has to.
public final class ContextStartListener implements ApplicationListener<ApplicationPreparedEvent> {
    @Override
    public void onApplicationEvent(ApplicationPreparedEvent event) {
        AtExit.contextsGoFirst();
    }
}
