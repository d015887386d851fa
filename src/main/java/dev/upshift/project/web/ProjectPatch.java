package dev.upshift.project.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectRequest;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change of some fields, as a JSON merge patch (RFC 7396): objects are merged, {@code null} removes, everything else,
 * lists included, replaces. Does not print itself: there may be passwords in it.
 */
final class ProjectPatch {

    private final JsonNode patch;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    ProjectPatch(JsonNode patch) {
        this.patch = patch;
    }

    /** @throws tools.jackson.core.JacksonException if the result has unknown fields or values of the wrong kind */
    ProjectRequest appliedTo(Project project, ObjectMapper json) {
        JsonNode present = json.valueToTree(ProjectRequest.of(project));
        return json.treeToValue(merge(present, patch), ProjectRequest.class);
    }

    private static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode merged = target instanceof ObjectNode present ? present : changes.objectNode();
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            if (change.getValue().isNull() && merged.has(change.getKey())) {
                merged.remove(change.getKey());
            } else {
                JsonNode old = merged.path(change.getKey());
                merged.set(change.getKey(), merge(old, change.getValue()));
            }
        }
        return merged;
    }

    @Override
    public String toString() {
        return "a patch";
    }
}
