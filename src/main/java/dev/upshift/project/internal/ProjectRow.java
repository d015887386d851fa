package dev.upshift.project.internal;

import dev.upshift.project.Phase;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Side;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Embedded.OnEmpty;
import org.springframework.data.relational.core.mapping.MappedCollection;
import org.springframework.data.relational.core.mapping.Table;

/** A project as it lies in the metadata database: one aggregate, saved as a whole. */
@Table("project")
record ProjectRow(
        @Id @Nullable Long id,
        String slug,
        String name,
        List<String> databases,
        @Embedded(onEmpty = OnEmpty.USE_NULL) ProjectSettings settings,

        @MappedCollection(idColumn = "project", keyColumn = "side")
        Map<Side, ClusterRow> clusters,

        @MappedCollection(idColumn = "project", keyColumn = "position")
        List<PoolerRow> poolers,

        Phase phase,
        Side servingSide,
        @Version @Nullable Integer revision,
        Instant createdAt,
        Instant phaseChangedAt) {

    ProjectRow inPhase(Phase next, Side nowServing, Instant at) {
        return new ProjectRow(
                id, slug, name, databases, settings, clusters, poolers, next, nowServing, revision, createdAt, at);
    }

    /** A row of {@code project_cluster}. */
    @Table("project_cluster")
    record ClusterRow(
            String host,
            int port,
            String username,
            @Nullable CipherText password,
            String sslMode,
            @Nullable String peerHost,
            @Nullable Integer peerPort,
            @Nullable Integer majorVersion) {}

    /** A row of {@code project_pooler}. */
    @Table("project_pooler")
    record PoolerRow(
            String name,
            String host,
            int port,
            String username,
            @Nullable CipherText password,
            String sslMode,
            String configType,
            String configPath,
            @Nullable String applicationUsername,
            @Nullable CipherText applicationPassword) {}
}
