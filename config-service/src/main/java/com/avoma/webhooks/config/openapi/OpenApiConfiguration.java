package com.avoma.webhooks.config.openapi;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.config.web.Problem;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.webjars.WebJarVersionLocator;

/// `/v1/openapi.json`, and what `/v1/docs/` is shown with.
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration implements WebFluxConfigurer {
    private static final String KEY = "ApiKey";
    private static final String TOKEN = "Token";
    private static final String PAGE = "swagger-ui";

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        var version = new WebJarVersionLocator().version(PAGE);
        registry.addResourceHandler("/v1/docs/assets/**")
                .addResourceLocations(
                        "classpath:/docs/",
                        "classpath:/META-INF/resources/webjars/" + PAGE + "/" + version + "/");
    }

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Avoma Webhooks")
                                .version("v1")
                                .description(
                                        "What an admin sets up: webhooks, the signing secret that"
                                                + " their requests are signed with, and API keys."
                                                + " Every error is a problem (RFC 9457) whose"
                                                + " `detail` says what is wrong."))
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        KEY, bearer("An API key: `CLIENT_KEY:CLIENT_SECRET`"))
                                .addSecuritySchemes(
                                        TOKEN,
                                        bearer(
                                                        "A token of the product's OpenID Connect"
                                                                + " provider, with an"
                                                                + " organization and the role of"
                                                                + " an admin")
                                                .bearerFormat("JWT")))
                .addSecurityItem(new SecurityRequirement().addList(KEY))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN));
    }

    /// Names as the API's own mapper writes them.
    @Bean
    ModelResolver snakeCase(ObjectMapperProvider mappers) {
        var mapper = mappers.jsonMapper().copy();
        mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        return new ModelResolver(mapper).openapi31(true);
    }

    @Bean
    ModelConverter recordSchemas() {
        return new RecordSchemas();
    }

    @Bean
    OperationCustomizer operations() {
        return (operation, method) -> {
            OperationDescription.of(method.getMethod()).complete(operation);
            return operation;
        };
    }

    /// Paths end in a slash, and the shapes that no method takes or returns are there too: of
    /// errors, and of bodies that are read field by field.
    @Bean
    OpenApiCustomizer paths() {
        return api -> {
            var paths = new Paths();
            api.getPaths().forEach((path, item) -> paths.put(path + "/", item));
            api.setPaths(paths);
            var converters = ModelConverters.getInstance(true);
            Stream.concat(Stream.of(Problem.class), RequestBodies.OF.values().stream())
                    .forEach(type ->
                            converters.readAll(type).forEach(api.getComponents()::addSchemas));
        };
    }

    /// JSON as the API writes it.
    static String json(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }

    private static SecurityScheme bearer(String description) {
        return new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description(description);
    }
}
