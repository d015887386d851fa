package dev.upshift.verification.internal;

import dev.upshift.postgres.catalog.Catalog;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Project;
import dev.upshift.project.Projects;
import dev.upshift.verification.Verifications;
import dev.upshift.verification.Verifications.Barrier;
import dev.upshift.verification.Verifications.TableResult;
import dev.upshift.verification.Verifications.Verification;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Compares over real sessions and keeps what came of it. A comparison that was stopped leaves nothing. */
@Component
class StoredVerifications implements Verifications {

    private final Projects projects;
    private final PostgresSessions sessions;
    private final Catalog catalog;
    private final VerificationRows rows;
    private final DatabaseComparisons comparisons;
    private final Clock clock;

    StoredVerifications(
            Projects projects,
            PostgresSessions sessions,
            Catalog catalog,
            VerificationRows rows,
            DatabaseComparisons comparisons,
            Clock clock) {
        this.projects = projects;
        this.sessions = sessions;
        this.catalog = catalog;
        this.rows = rows;
        this.comparisons = comparisons;
        this.clock = clock;
    }

    @Override
    public Verification verify(String slug, Barrier barrier, Consumer<String> progress) {
        Project project = projects.get(slug);
        Instant startedAt = now();
        List<TableResult> results = new ArrayList<>();
        for (String database : project.databases()) {
            results.addAll(comparisons.of(project, database).compare(barrier, progress));
        }
        Verification verification =
                new Verification(slug, startedAt, now(), List.copyOf(results), project.servingSide(), leftOut(project));
        rows.insert(project.id(), verification);
        return verification;
    }

    private List<String> leftOut(Project project) {
        List<String> leftOut = new ArrayList<>();
        for (String database : project.databases()) {
            try (PostgresSession session = sessions.open(
                    project.cluster(project.servingSide()).endpoint(), database, PostgresSessions.SHORT)) {
                catalog.notCarried(session).rows().forEach(phrase -> leftOut.add(database + ": " + phrase));
            }
        }
        return List.copyOf(leftOut);
    }

    @Override
    public Optional<Verification> latest(String slug) {
        return projects.bySlug(slug).flatMap(project -> rows.latest(project.id(), slug));
    }

    /** As exact as the metadata database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
