package dev.upshift.engine.internal.record;

import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Writes small maps of text as JSON columns and reads them back. */
@Component
final class Facts {

    private static final TypeReference<Map<String, String>> TYPE = new TypeReference<>() {};

    private final JsonMapper mapper = JsonMapper.shared();

    String write(Map<String, String> facts) {
        return mapper.writeValueAsString(facts);
    }

    Map<String, String> read(String json) {
        return mapper.readValue(json, TYPE);
    }
}
