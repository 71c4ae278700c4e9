package com.avoma.webhooks.dispatcher;

import static java.util.Objects.requireNonNull;

import com.avoma.webhooks.common.property.PropertyKeys;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/// An unknown key under `webhooks.` ends the start, before anything is connected to. Environment
/// variables are not looked at: they are often shared by services, and other programs.
@Configuration(proxyBeanMethods = false)
class KnownKeysConfiguration {
    @Bean
    static BeanFactoryPostProcessor knownKeys(Environment environment) {
        return beans ->
                PropertyKeys.check(
                        keys(environment),
                        Arrays.stream(
                                        beans.getBeanNamesForAnnotation(
                                                ConfigurationProperties.class))
                                .map(name ->
                                        requireNonNull(
                                                        beans.findAnnotationOnBean(
                                                                name,
                                                                ConfigurationProperties.class))
                                                .prefix())
                                .filter(prefix -> prefix.startsWith("webhooks."))
                                .toList());
    }

    private static List<String> keys(Environment environment) {
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .filter(source ->
                        !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource))
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .flatMap(source -> ((IterableConfigurationPropertySource) source).stream())
                .map(ConfigurationPropertyName::toString)
                .toList();
    }
}
