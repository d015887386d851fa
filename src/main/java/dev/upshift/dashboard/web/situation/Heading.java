package dev.upshift.dashboard.web.situation;

import dev.upshift.dashboard.web.Mark;
import dev.upshift.project.Cluster;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;

/**
 * What stands above every page of a project.
 *
 * @param majors e.g. {@code 13 → 17}
 * @param serving the serving side in words
 */
public record Heading(String slug, String name, String majors, String phase, String serving, Mark health) {

    public static Heading of(Situation situation) {
        Project project = situation.project();
        return new Heading(
                project.slug(),
                project.name(),
                major(project.source()) + " → " + major(project.target()),
                words(project.phase()),
                project.servingSide().word(),
                situation.health());
    }

    /** The phase as a sentence names it. */
    public static String words(Phase phase) {
        return switch (phase) {
            case DRAFT -> "draft";
            case SCHEMA_COPIED -> "schema copied";
            case REPLICATING -> "replicating";
            case CUT_OVER -> "cut over";
            case ROLLED_BACK -> "rolled back";
            case FINISHED -> "finished";
            case ABANDONED -> "abandoned";
        };
    }

    private static String major(Cluster cluster) {
        return cluster.majorVersion() == null ? "?" : cluster.majorVersion().toString();
    }
}
