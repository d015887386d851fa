package dev.upshift.dashboard.web.api;

import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.project.ProjectRequest;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Says in the API's description which configuration stores there are. */
@Configuration(proxyBeanMethods = false)
class OfferedStores {

    @Bean
    OpenApiCustomizer describedStores(ConfigurationStores stores) {
        return api -> {
            Schema<?> config = api.getComponents().getSchemas().get(ProjectRequest.ConfigRequest.class.getSimpleName());
            if (config != null) {
                StringSchema type = new StringSchema();
                stores.types().forEach(type::addEnumItem);
                config.getProperties().put("type", type);
            }
        };
    }
}
