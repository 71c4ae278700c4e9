package com.avoma.webhooks.config.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.templateresolver.AbstractConfigurableTemplateResolver;
import org.thymeleaf.templateresource.ITemplateResource;
import org.thymeleaf.templateresource.StringTemplateResource;

/// Reads the templates, and sets up the engine, before the first page: pages are made on event
/// loops, which do not wait for files.
@Configuration(proxyBeanMethods = false)
class TemplateConfiguration {
    private static final String SUFFIX = ".html";

    /// Takes the place of the one that Spring Boot would make.
    @Bean
    AbstractConfigurableTemplateResolver defaultTemplateResolver(ApplicationContext context)
            throws IOException {
        Map<String, String> texts = new HashMap<>();
        for (var template : context.getResources("classpath:/templates/*" + SUFFIX)) {
            var file = String.valueOf(template.getFilename());
            texts.put(
                    file.substring(0, file.length() - SUFFIX.length()),
                    template.getContentAsString(StandardCharsets.UTF_8));
        }
        return new InMemory(Map.copyOf(texts));
    }

    @Bean
    SmartInitializingSingleton templateEngineIsReady(ITemplateEngine engine) {
        return engine::getConfiguration;
    }

    private static final class InMemory extends AbstractConfigurableTemplateResolver {
        private final Map<String, String> texts;

        InMemory(Map<String, String> texts) {
            this.texts = texts;
        }

        @Override
        protected @Nullable ITemplateResource computeTemplateResource(
                IEngineConfiguration configuration,
                @Nullable String ownerTemplate,
                String template,
                String resourceName,
                @Nullable String characterEncoding,
                @Nullable Map<String, Object> attributes) {
            var text = texts.get(template);
            return text == null ? null : new StringTemplateResource(text);
        }
    }
}
