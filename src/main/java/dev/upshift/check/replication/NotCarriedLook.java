package dev.upshift.check.replication;

import dev.upshift.engine.procedure.SessionPool;
import dev.upshift.postgres.Catalog;
import dev.upshift.postgres.LinkNames;
import dev.upshift.postgres.NotCarried;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Names what a project leaves on the side that serves: for a guard that tells of it, or stands in its way. */
public final class NotCarriedLook {

    private static final String REMEDY =
            "All of it stays behind unless you move it yourself; the project's settings can accept that for a switch.";

    private final Project project;
    private final Catalog catalog;
    private final SessionPool pool;
    private final Map<Place, NotCarried> known = new ConcurrentHashMap<>();

    public NotCarriedLook(Project project, Catalog catalog, SessionPool pool) {
        this.project = project;
        this.catalog = catalog;
        this.pool = pool;
    }

    /** A sentence for each database with materialized views: they keep what they held when they were last refreshed. */
    public List<String> toBeRefreshed(Side from) {
        List<String> sentences = new ArrayList<>();
        for (String database : project.databases()) {
            for (String views : seen(from, database).toBeRefreshed()) {
                sentences.add(("%s has %s; on the %s their content is that of their last REFRESH there, so REFRESH them"
                                + " once clients are served by it.")
                        .formatted(database, views, from.other().word()));
            }
        }
        return sentences;
    }

    /** A sentence for each database that has any of it on this side, and what can be done. */
    public List<String> on(Side side) {
        List<String> sentences = new ArrayList<>();
        for (String database : project.databases()) {
            List<String> phrases = seen(side, database).phrases(LinkNames.prefix(project.slug()));
            if (!phrases.isEmpty()) {
                sentences.add("%s on the %s has what is not carried: %s."
                        .formatted(database, side.word(), String.join("; ", phrases)));
            }
        }
        if (!sentences.isEmpty()) {
            sentences.add(REMEDY);
        }
        return sentences;
    }

    /** Read once for both guards. */
    private NotCarried seen(Side side, String database) {
        return known.computeIfAbsent(new Place(side, database), place -> catalog.notCarried(pool.work(side, database)));
    }

    private record Place(Side side, String database) {}
}
