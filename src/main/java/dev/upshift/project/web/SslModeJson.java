package dev.upshift.project.web;

import dev.upshift.shared.SslMode;
import org.springframework.boot.jackson.JacksonComponent;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/** ConditionDurations TLS modes as PostgreSQL does: {@code verify-full}. */
@JacksonComponent
class SslModeJson {

    /** To JSON. */
    static class Writer extends ValueSerializer<SslMode> {
        @Override
        public void serialize(SslMode mode, JsonGenerator json, SerializationContext context) {
            json.writeString(mode.parameter());
        }
    }

    /** From JSON. */
    static class Reader extends ValueDeserializer<SslMode> {
        @Override
        public SslMode deserialize(JsonParser json, DeserializationContext context) {
            String text = json.getValueAsString("");
            try {
                return SslMode.ofParameter(text);
            } catch (IllegalArgumentException e) {
                return (SslMode) context.handleWeirdStringValue(
                        SslMode.class, text, "use one of disable, allow, prefer, require, verify-ca, verify-full");
            }
        }
    }
}
