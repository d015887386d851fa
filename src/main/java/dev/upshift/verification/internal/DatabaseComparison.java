package dev.upshift.verification.internal;

import dev.upshift.postgres.rows.ComparedRows;
import dev.upshift.postgres.rows.ComparedRows.ComparedTable;
import dev.upshift.postgres.rows.ComparedRows.Totals;
import dev.upshift.postgres.session.PostgresSessions;
import dev.upshift.project.Project;
import dev.upshift.shared.Side;
import dev.upshift.shared.TableName;
import dev.upshift.shared.Waiting;
import dev.upshift.verification.Verifications.Barrier;
import dev.upshift.verification.Verifications.TableResult;
import dev.upshift.verification.Verifications.Verdict;
import dev.upshift.verification.internal.BothSides.Answers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;

/** Compares all tables of one database. */
final class DatabaseComparison {

    /** Longer than what toggles many times a second stands still. */
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(100);

    private final PostgresSessions sessions;
    private final Project project;
    private final String database;
    private final VerificationSettings settings;
    private final ComparedRows rows;
    private final Waiting waiting;
    private final List<TableResult> results = new ArrayList<>();

    DatabaseComparison(
            PostgresSessions sessions,
            Project project,
            String database,
            VerificationSettings settings,
            ComparedRows rows,
            Waiting waiting) {
        this.sessions = sessions;
        this.project = project;
        this.database = database;
        this.settings = settings;
        this.rows = rows;
        this.waiting = waiting;
    }

    /** Ordered by table. */
    List<TableResult> compare(Barrier barrier, Consumer<String> progress) {
        try (SidePair own = open()) {
            List<ComparedTable> comparable = comparable(own);
            List<FirstLook> notEqual = new ArrayList<>();
            waiting.pause(BETWEEN_ROUNDS); // so that a row that changes to and fro is seen to, also in a small database
            level(barrier);
            new FirstLooks(() -> open().since(own.begin()), settings.tablesAtOnce())
                    .look(
                            comparable,
                            look -> {
                                Answers<Totals> totals = look.totals();
                                if (totals != null && !look.isProof()) {
                                    notEqual.add(look);
                                } else {
                                    add(look.table(), firstOutcome(look), look.took(), progress);
                                }
                            },
                            progress);
            for (FirstLook look : notEqual) {
                progress.accept(look.table().name() + " is being written or differs; looking closer.");
                long begin = System.nanoTime();
                TableOutcome outcome = closer(own, look, barrier);
                add(look.table(), outcome, look.took().plus(Duration.ofNanos(System.nanoTime() - begin)), progress);
            }
        }
        results.sort(Comparator.comparing(TableResult::name));
        return List.copyOf(results);
    }

    /** Those that both sides have with all columns; the others have their result already. */
    private List<ComparedTable> comparable(SidePair pair) {
        List<ComparedTable> published = rows.tables(pair.publishing());
        Map<TableName, ComparedTable> subscribed = rows.tables(pair.subscribing()).stream()
                .collect(Collectors.toMap(ComparedTable::name, Function.identity()));
        List<ComparedTable> comparable = new ArrayList<>();
        for (ComparedTable table : published) {
            ComparedTable other = subscribed.remove(table.name());
            if (table.unlogged()) {
                continue; // its rows are not replicated; what is left out is told as such
            }
            if (other == null) {
                add(table, TableOutcome.without(Verdict.MISSING, "The %s has no such table.".formatted(subscriber())));
            } else if (table.columns().isEmpty()) {
                add(table, new TableOutcome(Verdict.EQUAL, TableOutcome.NOTHING, "It has no columns.", false));
            } else if (!new HashSet<>(other.columns()).containsAll(table.columns())) {
                Set<String> lacking = new HashSet<>(table.columns());
                other.columns().forEach(lacking::remove);
                add(
                        table,
                        TableOutcome.without(
                                Verdict.FAILED,
                                "The %s lacks columns %s.".formatted(subscriber(), String.join(", ", lacking))));
            } else {
                comparable.add(table);
            }
        }
        subscribed.values().stream()
                .filter(table -> !table.unlogged())
                .forEach(table -> add(
                        table,
                        TableOutcome.without(Verdict.MISSING, "Only the %s has this table.".formatted(subscriber()))));
        return comparable;
    }

    private static TableOutcome firstOutcome(FirstLook look) {
        Answers<Totals> totals = look.totals();
        if (totals != null) {
            return new TableOutcome(Verdict.EQUAL, totals, null, false);
        }
        RuntimeException failure = look.failure();
        return TableOutcome.without(
                Verdict.FAILED, failure == null ? "It could not be read." : ComparisonNotes.reason(failure));
    }

    private TableOutcome closer(SidePair own, FirstLook look, Barrier barrier) {
        Answers<Totals> totals = look.totals();
        try {
            TableComparison closer = new TableComparison(
                    own.of(look.table()),
                    () -> level(barrier),
                    () -> waiting.pause(BETWEEN_ROUNDS),
                    new ComparisonNotes(look.table(), project.servingSide().other()));
            Answers<Totals> first = totals == null ? TableOutcome.NOTHING : totals;
            return look.agrees() ? closer.compareWritten(first) : closer.compare(first);
        } catch (DataAccessException unreadable) {
            return TableOutcome.without(Verdict.FAILED, ComparisonNotes.reason(unreadable));
        }
    }

    /** A failing barrier ends the whole comparison; it says nothing about the table that is being looked at. */
    private void level(Barrier barrier) {
        try {
            barrier.await(database);
        } catch (DataAccessException failure) {
            throw new IllegalStateException(
                    "The %s could not be brought level in database %s: %s"
                            .formatted(subscriber(), database, ComparisonNotes.reason(failure)),
                    failure);
        }
    }

    private void add(ComparedTable table, TableOutcome outcome) {
        add(table, outcome, Duration.ZERO, sentence -> {});
    }

    private void add(ComparedTable table, TableOutcome outcome, Duration took, Consumer<String> progress) {
        boolean forward = project.servingSide() == Side.SOURCE;
        Totals source =
                forward ? outcome.totals().publishing() : outcome.totals().subscribing();
        Totals target =
                forward ? outcome.totals().subscribing() : outcome.totals().publishing();
        results.add(new TableResult(
                database,
                table.name(),
                outcome.verdict(),
                source.rows(),
                target.rows(),
                outcome.writtenMeanwhile() ? null : source.hash(),
                outcome.writtenMeanwhile() ? null : target.hash(),
                took.toMillis(),
                outcome.note()));
        progress.accept(ComparisonNotes.sentence(table.name(), outcome));
    }

    private SidePair open() {
        return SidePair.open(sessions, rows, project, database, project.servingSide());
    }

    private String subscriber() {
        return project.servingSide().other().word();
    }
}
