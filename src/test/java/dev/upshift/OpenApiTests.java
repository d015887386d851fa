package dev.upshift;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Keeps {@code docs/openapi.json} what the application says of itself: whoever changes the API sees it in the diff. */
@ApplicationTest
@WithMockUser
class OpenApiTests {

    private static final Path COMMITTED = Path.of("docs/openapi.json");

    private static final String REGENERATE = "./mvnw -q test -Dtest=OpenApiTests -Dupshift.openapi.write=true";

    private final JsonMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Autowired
    private MockMvcTester mvc;

    @Test
    void theCommittedDescriptionIsTheOneOfTheApplication() throws IOException {
        String description = describe();
        if (Boolean.getBoolean("upshift.openapi.write")) {
            Files.writeString(COMMITTED, description);
        }

        assertThat(Files.exists(COMMITTED) ? Files.readString(COMMITTED) : "")
                .withFailMessage(
                        "The API has changed and %s has not. If the change is meant, run: %s", COMMITTED, REGENERATE)
                .isEqualTo(description);
    }

    @Test
    void everyOperationIsGroupedAndSummedUpBelowOneRoot() throws IOException {
        JsonNode paths = json.readTree(describe()).path("paths");

        assertThat(paths.propertyNames()).isNotEmpty().allSatisfy(path -> {
            assertThat(path).startsWith("/api/v1/");
            assertThat(paths.path(path))
                    .allSatisfy(operation -> assertThat(operation.path("tags"))
                            .as("tags of %s", path)
                            .isNotEmpty())
                    .allSatisfy(
                            operation -> assertThat(operation.path("summary").asString(""))
                                    .as("summary of %s", path)
                                    .isNotBlank());
        });
    }

    private String describe() throws IOException {
        String raw = mvc.get().uri("/v3/api-docs").exchange().getResponse().getContentAsString();
        ObjectNode description = (ObjectNode) json.readTree(raw);
        description.remove("servers"); // wherever the test happened to ask
        return json.writeValueAsString(sorted(description)) + "\n";
    }

    /** The order in which springdoc finds things depends on the machine. */
    private JsonNode sorted(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode sorted = json.createObjectNode();
        object.propertyStream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(field -> sorted.set(field.getKey(), sorted(field.getValue())));
        return sorted;
    }
}
