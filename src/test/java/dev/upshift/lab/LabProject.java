package dev.upshift.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A world as a project for the control plane: what is posted to {@code /api/v1/projects}. */
public final class LabProject {

    private LabProject() {}

    /** The project over everything that the world has; settings go over the defaults, under their names in the API. */
    public static Map<String, Object> of(LabWorld world, String slug, String name, Map<String, ?> settings) {
        Map<String, Object> project = new LinkedHashMap<>();
        project.put("slug", slug);
        project.put("name", name);
        project.put("source", cluster(world.source()));
        project.put("target", cluster(world.target()));
        project.put("databases", List.of(LedgerSchema.DATABASE));
        project.put("poolers", world.poolers().stream().map(LabProject::pooler).toList());
        project.put("settings", settings);
        return project;
    }

    private static Map<String, Object> cluster(PostgresCluster cluster) {
        return Map.of(
                "host", PostgresCluster.HOST,
                "port", cluster.port(),
                "username", Login.UPSHIFT.user(),
                "password", Login.UPSHIFT.password());
    }

    private static Map<String, Object> pooler(PgBouncer pooler) {
        return Map.of(
                "name", pooler.name(),
                "host", PgBouncer.HOST,
                "port", pooler.port(),
                "username", Login.UPSHIFT.user(),
                "password", Login.UPSHIFT.password(),
                "config", Map.of("type", "file", "path", pooler.databasesIni().toString()));
    }
}
