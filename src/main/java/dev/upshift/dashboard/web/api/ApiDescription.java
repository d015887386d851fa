package dev.upshift.dashboard.web.api;

import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the API's description says of the API as a whole. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String BASIC = "basic";
    private static final String PROBLEM = "Problem";

    @Bean
    OpenAPI openApi() {
        // Types of ours that are a text in JSON.
        SpringDocUtils.getConfig()
                .replaceWithSchema(
                        Secret.class, new StringSchema().format("password").writeOnly(true))
                .replaceWithSchema(
                        SslMode.class,
                        new StringSchema()
                                ._enum(Arrays.stream(SslMode.values())
                                        .map(SslMode::parameter)
                                        .toList()));
        return new OpenAPI()
                .info(new Info()
                        .title("Upshift")
                        .version("v1")
                        .description("Zero-downtime, reversible PostgreSQL major-version upgrades."
                                + " Instants are ISO-8601 in UTC, durations ISO-8601, log positions text,"
                                + " byte counts numbers."))
                .components(new Components()
                        .addSchemas(PROBLEM, problem())
                        .addSecuritySchemes(
                                BASIC,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("basic")))
                .addSecurityItem(new SecurityRequirement().addList(BASIC));
    }

    @Bean
    OpenApiCustomizer problemsEverywhere() {
        ApiResponse response = new ApiResponse()
                .description("What is wrong, and what to do.")
                .content(new Content()
                        .addMediaType(
                                "application/problem+json",
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
        return api -> api.getPaths()
                .values()
                .forEach(path -> path.readOperations()
                        .forEach(operation -> operation.getResponses().addApiResponse(ApiResponses.DEFAULT, response)));
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .addProperty("type", new StringSchema().format("uri"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema().format("uri"))
                .addProperty(
                        "errors",
                        new ArraySchema()
                                .items(new ObjectSchema()
                                        .addProperty("field", new StringSchema())
                                        .addProperty("message", new StringSchema()))
                                .description("With invalid input: every field at fault."))
                .addProperty(
                        "reasons",
                        new ArraySchema().items(new StringSchema()).description("With a refused run: every reason."));
    }
}
