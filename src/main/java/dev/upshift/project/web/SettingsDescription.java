package dev.upshift.project.web;

import dev.upshift.project.ProjectSettings;
import dev.upshift.project.Setting;
import io.swagger.v3.oas.models.media.Schema;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Says of each setting in the API's description what the form says of it. */
@Configuration(proxyBeanMethods = false)
class SettingsDescription {

    @Bean
    OpenApiCustomizer describedSettings() {
        return api -> {
            Schema<?> settings = api.getComponents().getSchemas().get(ProjectSettings.class.getSimpleName());
            if (settings != null) {
                describe(settings.getProperties());
            }
        };
    }

    @SuppressWarnings("rawtypes") // as Swagger has them
    private static void describe(Map<String, Schema> properties) {
        for (Setting setting : Setting.all()) {
            Schema<?> property = Objects.requireNonNull(properties.get(setting.name()), setting.name());
            String help = setting.help();
            String range = setting.kind() == Setting.Kind.DURATION ? " From " + setting.range() + "." : "";
            property.setDescription((help.endsWith(".") ? help : help + ".") + range);
            property.setDefault(setting.usual() instanceof Duration usual ? usual.toString() : setting.usual());
        }
    }
}
