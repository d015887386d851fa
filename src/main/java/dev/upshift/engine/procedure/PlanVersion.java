package dev.upshift.engine.procedure;

import dev.upshift.engine.Plan.PlannedStep;
import dev.upshift.engine.ProcedureName;
import dev.upshift.project.Cluster;
import dev.upshift.project.Project;
import dev.upshift.shared.Endpoint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * SHA-256 over all that a run would do and rely on: endpoints, databases, poolers, settings, phase, the steps'
 * sentences, and what comes on top (the poolers' configuration, everything that was recorded of the steps). Passwords
 * are left out: a changed password does not change what is done.
 */
public final class PlanVersion {

    private PlanVersion() {}

    public static String of(Project project, ProcedureName procedure, List<PlannedStep> steps, List<String> basis) {
        List<String> parts = new ArrayList<>();
        parts.add(procedure.word());
        parts.add(project.slug());
        parts.add(project.phase() + "/" + project.servingSide());
        parts.add(cluster(project.source()));
        parts.add(cluster(project.target()));
        parts.addAll(project.databases());
        project.poolers()
                .forEach(pooler -> parts.add(pooler.name() + " " + endpoint(pooler.console()) + " "
                        + pooler.configuration().type() + ":"
                        + pooler.configuration().path()
                        + " as " + pooler.client().username()));
        parts.add(project.settings().toString());
        steps.forEach(step -> parts.add(step.name() + ": " + step.sentence()));
        parts.addAll(basis);
        return hash(parts);
    }

    private static String cluster(Cluster cluster) {
        return endpoint(cluster.endpoint()) + " peer " + cluster.peer().address();
    }

    private static String endpoint(Endpoint endpoint) {
        return endpoint.username() + "@" + endpoint.address() + " " + endpoint.sslMode();
    }

    private static String hash(List<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
