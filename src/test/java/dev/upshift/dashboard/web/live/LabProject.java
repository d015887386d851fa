package dev.upshift.dashboard.web.live;

import dev.upshift.project.Cluster;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.shared.SslMode;
import java.time.Instant;
import java.util.List;

/** A project to listen to. */
final class LabProject {

    private static final Endpoint SOMEWHERE =
            new Endpoint("db", 5432, "upshift", new Secret("secret"), SslMode.DISABLE);

    static final Project LAB = new Project(
            1,
            "lab",
            "Lab",
            new Cluster(SOMEWHERE, null, null, 13),
            new Cluster(SOMEWHERE, null, null, 17),
            List.of("shop"),
            List.of(),
            ProjectSettings.DEFAULTS,
            Phase.DRAFT,
            Side.SOURCE,
            1,
            Instant.EPOCH,
            Instant.EPOCH);

    private LabProject() {}
}
