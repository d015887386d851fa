package dev.upshift.dashboard.preview;

import dev.upshift.engine.Evidence;
import dev.upshift.engine.Fact;
import dev.upshift.engine.JournalEntry;
import dev.upshift.engine.Plan.PlannedStep;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.Procedures.PauseReading;
import dev.upshift.engine.Run;
import dev.upshift.engine.RunFacts;
import dev.upshift.engine.RunStatus;
import dev.upshift.monitoring.Monitoring.Sample;
import dev.upshift.monitoring.ReplicationSnapshot;
import dev.upshift.monitoring.ReplicationSnapshot.Health;
import dev.upshift.monitoring.ReplicationSnapshot.LinkSample;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.Destination;
import dev.upshift.monitoring.ReplicationSnapshot.PoolerSample.PoolerState;
import dev.upshift.monitoring.ReplicationSnapshot.SideSample;
import dev.upshift.monitoring.ReplicationSnapshot.TableCounts;
import dev.upshift.monitoring.TableProgress;
import dev.upshift.monitoring.TableProgress.State;
import dev.upshift.postgres.link.WalStatus;
import dev.upshift.project.Cluster;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.ByteCount;
import dev.upshift.shared.Direction;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Lsn;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.shared.SslMode;
import dev.upshift.shared.TableName;
import dev.upshift.verification.Verifications.TableResult;
import dev.upshift.verification.Verifications.Verdict;
import dev.upshift.verification.Verifications.Verification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Projects in every state that a page must be able to show. */
public final class MadeUpProjects {

    /** A name that would break a page which forgets to escape. */
    public static final String ODD_NAME = "CRM \"<b>old</b>\" & 'new' 14 → 16";

    private final Instant now;
    private List<MadeUp> all;

    MadeUpProjects(Clock clock) {
        now = clock.instant();
        all = List.of(
                shop(), billing(), orders(), ledger(), warehouse(), press(), crm(), intranet(), switching(), single());
    }

    List<MadeUp> all() {
        return all;
    }

    Optional<MadeUp> find(String slug) {
        return all.stream().filter(one -> one.project().slug().equals(slug)).findFirst();
    }

    /** Leaves no project at all. */
    public void forgetAll() {
        all = List.of();
    }

    /** Ready to be cut over. */
    private MadeUp shop() {
        List<TableProgress> tables = ready("shop", 45);
        return blank(project(1, "shop", "Shop", Phase.REPLICATING, Side.SOURCE, 13, 17, 2))
                .with(
                        snapshot(
                                "shop",
                                Health.HEALTHY,
                                List.of(),
                                sides(false, false, true),
                                List.of(link("shop", Direction.FORWARD, 12_300, 180, true)),
                                poolers(2, PoolerState.SERVING, Destination.SOURCE),
                                new TableCounts(0, 0, 45, 0),
                                List.of()),
                        samples(40_000, 300))
                .with(tables)
                .with(
                        run(
                                1,
                                "shop",
                                ProcedureName.COPY_SCHEMA,
                                RunStatus.SUCCEEDED,
                                7200,
                                "The schema is on the target."),
                        List.of())
                .with(
                        run(2, "shop", ProcedureName.REPLICATE, RunStatus.SUCCEEDED, 5400, "45 tables are ready."),
                        List.of())
                .with(run(3, "shop", ProcedureName.VERIFY, RunStatus.SUCCEEDED, 600, "45 tables are equal."), List.of())
                .with(
                        run(
                                4,
                                "shop",
                                ProcedureName.REHEARSE,
                                RunStatus.SUCCEEDED,
                                300,
                                "Rehearsed: clients of shop were held for 96 ms and are served by the source as before. Nothing was moved."),
                        List.of())
                .with(new Verification("shop", now.minusSeconds(600), now.minusSeconds(540), equal(tables)));
    }

    /** Copies many tables right now; one fails. */
    private MadeUp billing() {
        List<TableProgress> tables = mixed("billing", 10_240);
        PlannedStep copy = new PlannedStep(
                "copy-tables",
                "Copy 10\u202F240 tables and wait until each is ready.",
                dev.upshift.engine.Plan.Part.BEFORE);
        Journals journal = new Journals(now.minusSeconds(1200))
                .done(PlanBook.steps(ProcedureName.REPLICATE).get(0), 41_000)
                .started(copy);
        IntStream.range(0, 40).forEach(i -> journal.progress(copy, (200 * i) + " of 10\u202F240 tables are ready."));
        return blank(project(
                        2,
                        "billing",
                        "Billing and invoicing of all countries",
                        Phase.SCHEMA_COPIED,
                        Side.SOURCE,
                        14,
                        18,
                        3))
                .with(
                        snapshot(
                                "billing",
                                Health.WARNING,
                                List.of(
                                        "Table public.\"Invoice Lines\" of billing fails to copy: duplicate key value violates unique constraint. Empty it on the target; the copy starts again by itself.",
                                        "The slot upshift_billing_fwd_1 holds back 12.4 GB on the source. Watch the disk there."),
                                sides(false, false, true),
                                List.of(
                                        link("billing", Direction.FORWARD, 812_000_000, 45_000, true),
                                        link("billing_archive", Direction.FORWARD, 12_000, 300, true)),
                                poolers(3, PoolerState.SERVING, Destination.SOURCE),
                                new TableCounts(2000, 4, 8235, 1),
                                List.of()),
                        samples(812_000_000, 300))
                .with(tables)
                .with(
                        run(
                                1,
                                "billing",
                                ProcedureName.COPY_SCHEMA,
                                RunStatus.SUCCEEDED,
                                9000,
                                "The schema is on the target."),
                        List.of())
                .with(run(2, "billing", ProcedureName.REPLICATE, RunStatus.RUNNING, 1200, null), journal.entries());
    }

    /** Cut over; the way back is ready. */
    private MadeUp orders() {
        List<PlannedStep> steps = PlanBook.steps(ProcedureName.CUTOVER);
        Journals journal = new Journals(now.minusSeconds(3600));
        long[] micros = {
            184_000, 61_000, 212_000, 18_400, 143_000, 96_000, 1_204_000, 38_200, 11_900, 1_800, 4_300, 640, 6_100,
            5_200, 900, 21_500, 3_400, 44_000, 31_000, 58_000, 122_000
        };
        for (int i = 0; i < steps.size(); i++) {
            journal.done(
                    steps.get(i),
                    micros[i],
                    i == 8
                            ? Map.of(
                                    "connectionLimit",
                                    "-1",
                                    "statement",
                                    "alter database shop set default_transaction_read_only = on")
                            : Map.of());
            if (steps.get(i).name().equals("pause-poolers")) {
                journal.progress(
                        steps.get(i),
                        "A transaction was still open after 2500 ms of PAUSE. Clients were let go; attempt 2 of 3 follows.");
            }
        }
        return blank(project(3, "orders", "Orders", Phase.CUT_OVER, Side.TARGET, 13, 17, 2))
                .with(
                        snapshot(
                                "orders",
                                Health.HEALTHY,
                                List.of(),
                                sides(true, false, true),
                                List.of(link("orders", Direction.REVERSE, 0, 0, true)),
                                poolers(2, PoolerState.SERVING, Destination.TARGET),
                                new TableCounts(0, 0, 38, 0),
                                List.of()),
                        samples(9_000, 300))
                .with(ready("orders", 38))
                .with(
                        run(
                                1,
                                "orders",
                                ProcedureName.COPY_SCHEMA,
                                RunStatus.SUCCEEDED,
                                99_000,
                                "The schema is on the target."),
                        List.of())
                .with(
                        run(2, "orders", ProcedureName.REPLICATE, RunStatus.SUCCEEDED, 98_000, "38 tables are ready."),
                        List.of())
                .with(
                        run(3, "orders", ProcedureName.VERIFY, RunStatus.SUCCEEDED, 7_000, "38 tables are equal."),
                        List.of())
                .with(
                        new Run(
                                34,
                                "orders",
                                4,
                                ProcedureName.CUTOVER,
                                RunStatus.SUCCEEDED,
                                PreviewProcedures.VERSION,
                                "mara",
                                now.minusSeconds(3600),
                                now.minusSeconds(3597),
                                1,
                                "The target serves; clients were held for 116 ms. The way back is ready.",
                                116L,
                                Evidence.BARRIER
                                        .of("orders")
                                        .of(Lsn.parse("0/17D26910"))
                                        .and(Evidence.FLUSHED.of("orders").of(Lsn.parse("0/17D26A48")))
                                        .and(Evidence.WAY_BACK_START
                                                .of("orders")
                                                .of(Lsn.parse("0/5C01E38")))
                                        .and(Evidence.ENDED_SESSIONS.of(4))
                                        .and(Evidence.SEQUENCES_SET.of(3))
                                        .and(Fact.text("longestWait").of("155 ms"))),
                        journal.entries());
    }

    /** A cutover got stuck past the pivot. */
    private MadeUp ledger() {
        List<PlannedStep> steps = PlanBook.steps(ProcedureName.CUTOVER);
        Journals journal = new Journals(now.minusSeconds(90));
        for (int i = 0; i < 15; i++) {
            journal.done(steps.get(i), 12_000 + i * 900L);
        }
        journal.started(steps.get(15));
        journal.add(
                "activate",
                steps.get(15).part(),
                JournalEntry.Event.RETRIED,
                "bouncer-b did not answer within 2 s; tried again 12 times.",
                null,
                Map.of());
        journal.failed(steps.get(15), "bouncer-b does not answer: connection refused at 10.0.0.8:6432.");
        return blank(project(4, "ledger", "General ledger", Phase.REPLICATING, Side.SOURCE, 15, 17, 2))
                .with(
                        snapshot(
                                "ledger",
                                Health.CRITICAL,
                                List.of(
                                        "bouncer-b does not answer: its clients cannot reach any side. Start it; Upshift goes on by itself."),
                                sides(true, false, true),
                                List.of(link("ledger", Direction.REVERSE, 0, 0, false)),
                                List.of(
                                        new PoolerSample("bouncer-a", PoolerState.SERVING, Destination.TARGET, 240, 0),
                                        new PoolerSample(
                                                "bouncer-b", PoolerState.UNREACHABLE, Destination.UNKNOWN, 0, 0)),
                                new TableCounts(0, 0, 12, 0),
                                List.of("bouncer-b does not answer: connection refused at 10.0.0.8:6432.")),
                        samples(600_000, 300))
                .with(ready("ledger", 12))
                .with(
                        run(1, "ledger", ProcedureName.REPLICATE, RunStatus.SUCCEEDED, 9000, "12 tables are ready."),
                        List.of())
                .with(
                        run(
                                2,
                                "ledger",
                                ProcedureName.CUTOVER,
                                RunStatus.BLOCKED,
                                90,
                                "bouncer-b cannot be told to serve the target. Start it at 10.0.0.8:6432; the run then goes on by itself. Clients of bouncer-a are served by the target."),
                        journal.entries());
    }

    /** The target does not answer. */
    private MadeUp warehouse() {
        List<Sample> gap = new ArrayList<>(samples(50_000, 300));
        IntStream.range(240, 300).forEach(i -> gap.set(i, new Sample(gap.get(i).at(), null, null, 7, 7)));
        return blank(project(5, "warehouse", "Warehouse", Phase.REPLICATING, Side.SOURCE, 12, 16, 1))
                .with(
                        snapshot(
                                "warehouse",
                                Health.UNKNOWN,
                                List.of(
                                        "The target at 10.0.0.6:5432 does not answer (timed out after 3 s). Clients are not affected: the source serves."),
                                sides(false, false, false),
                                List.of(new LinkSample(
                                        "warehouse",
                                        Direction.FORWARD,
                                        null,
                                        null,
                                        "upshift_warehouse_fwd_1",
                                        false,
                                        WalStatus.EXTENDED,
                                        null,
                                        true,
                                        false,
                                        0,
                                        0)),
                                poolers(1, PoolerState.SERVING, Destination.SOURCE),
                                new TableCounts(0, 0, 7, 0),
                                List.of(
                                        "The target at 10.0.0.6:5432 does not answer (timed out after 3 s). Clients are not affected: the source serves.")),
                        gap)
                .with(ready("warehouse", 7))
                .with(
                        run(
                                1,
                                "warehouse",
                                ProcedureName.REPLICATE,
                                RunStatus.SUCCEEDED,
                                90_000,
                                "7 tables are ready."),
                        List.of());
    }

    /** Rolled back; a later cutover was aborted. */
    private MadeUp press() {
        List<PlannedStep> steps = PlanBook.steps(ProcedureName.CUTOVER);
        Journals journal = new Journals(now.minusSeconds(400));
        for (int i = 0; i < 7; i++) {
            journal.done(steps.get(i), 40_000 + i * 9000L);
        }
        journal.failed(
                steps.get(7),
                "bouncer-a had 2 transactions open after 5 s, three times. The oldest is 6 min old: pid 4711 on the source, application nightly-export.");
        journal.undone(steps.get(5)).undone(steps.get(3)).undone(steps.get(2));
        return blank(project(6, "press", "Press archive", Phase.ROLLED_BACK, Side.SOURCE, 13, 17, 5))
                .with(
                        snapshot(
                                "press",
                                Health.HEALTHY,
                                List.of(),
                                sides(false, true, true),
                                List.of(link("press", Direction.FORWARD, 2_400_000, 900, true)),
                                poolers(6, PoolerState.SERVING, Destination.SOURCE),
                                new TableCounts(0, 0, 22, 0),
                                List.of()),
                        samples(2_400_000, 300))
                .with(ready("press", 22))
                .with(
                        run(
                                1,
                                "press",
                                ProcedureName.CUTOVER,
                                RunStatus.SUCCEEDED,
                                90_000,
                                "The target serves; clients were held for 131 ms."),
                        List.of())
                .with(
                        run(
                                2,
                                "press",
                                ProcedureName.ROLLBACK,
                                RunStatus.SUCCEEDED,
                                4000,
                                "The source serves again; clients were held for 124 ms."),
                        List.of())
                .with(
                        run(
                                3,
                                "press",
                                ProcedureName.CUTOVER,
                                RunStatus.ABORTED,
                                400,
                                "Clients could not be held within the budget of 5 s, three times: a transaction has been open for 6 min on the source (pid 4711, application nightly-export). Everything was undone; the source serves and replication goes on. End that transaction or wait for it, then cut over again."),
                        journal.entries())
                .with(new Verification(
                        "press",
                        now.minusSeconds(3000),
                        now.minusSeconds(2800),
                        different("press"),
                        Side.SOURCE,
                        List.of(
                                "press: 12 large objects (1.4 MB)",
                                "press: 1 unlogged table: public.cache (about 50 rows, 8.2 kB)")));
    }

    /** Just registered, never seen. */
    private MadeUp crm() {
        return blank(project(7, "crm", ODD_NAME, Phase.DRAFT, Side.SOURCE, null, null, 1));
    }

    private MadeUp intranet() {
        return blank(project(8, "intranet", "Intranet", Phase.FINISHED, Side.TARGET, 11, 17, 1))
                .with(
                        snapshot(
                                "intranet",
                                Health.IDLE,
                                List.of(),
                                sides(true, false, true),
                                List.of(),
                                poolers(1, PoolerState.SERVING, Destination.TARGET),
                                new TableCounts(12, 0, 0, 0),
                                List.of()),
                        samples(9_000, 300))
                .with(mixed("intranet", 12))
                .with(
                        run(1, "intranet", ProcedureName.CUTOVER, RunStatus.SUCCEEDED, 900_000, "The target serves."),
                        List.of())
                .with(
                        run(
                                2,
                                "intranet",
                                ProcedureName.FINISH,
                                RunStatus.SUCCEEDED,
                                800_000,
                                "Nothing of Upshift is left on the servers."),
                        List.of());
    }

    /** In the middle of the window. */
    private MadeUp switching() {
        List<PlannedStep> steps = PlanBook.steps(ProcedureName.CUTOVER);
        Journals journal = new Journals(now.minusSeconds(3));
        for (int i = 0; i < 10; i++) {
            journal.done(steps.get(i), 12_000 + i * 4_000L);
        }
        journal.started(steps.get(10));
        return blank(project(9, "payments", "Payments", Phase.REPLICATING, Side.SOURCE, 16, 18, 2))
                .with(
                        snapshot(
                                "payments",
                                Health.HEALTHY,
                                List.of(),
                                sides(true, false, true),
                                List.of(link("payments", Direction.FORWARD, 2_048, 12, true)),
                                List.of(
                                        new PoolerSample("bouncer-a", PoolerState.PAUSED, Destination.SOURCE, 120, 88),
                                        new PoolerSample("bouncer-b", PoolerState.PAUSED, Destination.SOURCE, 96, 61)),
                                new TableCounts(0, 0, 61, 0),
                                List.of()),
                        samples(70_000, 300))
                .with(ready("payments", 61))
                .with(
                        run(
                                1,
                                "payments",
                                ProcedureName.REPLICATE,
                                RunStatus.SUCCEEDED,
                                90_000,
                                "61 tables are ready."),
                        List.of())
                .with(run(2, "payments", ProcedureName.CUTOVER, RunStatus.RUNNING, 3, null), journal.entries())
                .with(new PauseReading(1_840, 5_000, false));
    }

    /** No tables at all. */
    private MadeUp single() {
        return blank(project(10, "empty", "Empty database", Phase.REPLICATING, Side.SOURCE, 13, 17, 1))
                .with(
                        snapshot(
                                "empty",
                                Health.IDLE,
                                List.of(),
                                sides(false, false, true),
                                List.of(),
                                poolers(1, PoolerState.SERVING, Destination.SOURCE),
                                TableCounts.NONE,
                                List.of()),
                        List.of());
    }

    private Project project(
            long id,
            String slug,
            String name,
            Phase phase,
            Side serving,
            @Nullable Integer from,
            @Nullable Integer to,
            int poolers) {
        Endpoint old = new Endpoint(
                "db-old." + slug + ".internal.example.com", 5432, "upshift", new Secret("old-secret"), SslMode.PREFER);
        Endpoint young = new Endpoint("10.0.0.6", 5432, "upshift", new Secret("new-secret"), SslMode.REQUIRE);
        return new Project(
                id,
                slug,
                name,
                new Cluster(old, null, null, from),
                new Cluster(young, "db-new.internal", 5433, to),
                slug.equals("billing") ? List.of("billing", "billing_archive") : List.of(slug),
                IntStream.range(0, poolers)
                        .mapToObj(i -> new PoolerAddress(
                                "bouncer-" + (char) ('a' + i),
                                new Endpoint(
                                        "10.0.0." + (7 + i),
                                        6432,
                                        "upshift",
                                        new Secret("pooler-secret"),
                                        SslMode.DISABLE),
                                new ConfigurationLocation("file", "/etc/pgbouncer/databases.ini")))
                        .toList(),
                ProjectSettings.DEFAULTS,
                phase,
                serving,
                3,
                now.minusSeconds(100_000),
                now.minusSeconds(3597));
    }

    private static MadeUp blank(Project project) {
        return new MadeUp(project, null, List.of(), List.of(), List.of(), Map.of(), null, null);
    }

    private ReplicationSnapshot snapshot(
            String slug,
            Health health,
            List<String> reasons,
            List<SideSample> sides,
            List<LinkSample> links,
            List<PoolerSample> poolers,
            TableCounts tables,
            List<String> unreachable) {
        return new ReplicationSnapshot(
                slug, now.minusSeconds(3), health, reasons, sides, links, poolers, tables, unreachable);
    }

    private static List<SideSample> sides(boolean sourceFenced, boolean targetFenced, boolean targetThere) {
        return List.of(
                new SideSample(Side.SOURCE, true, sourceFenced, "13.23"),
                new SideSample(Side.TARGET, targetThere, targetFenced, "17.11"));
    }

    private static LinkSample link(String database, Direction direction, long lag, long millis, boolean runs) {
        return new LinkSample(
                database,
                direction,
                new ByteCount(lag),
                Duration.ofMillis(millis),
                "upshift_" + database,
                runs,
                WalStatus.RESERVED,
                new ByteCount(lag * 3 + 16_777_216),
                true,
                runs,
                0,
                0);
    }

    private static List<PoolerSample> poolers(int count, PoolerState state, Destination leadsTo) {
        return IntStream.range(0, count)
                .mapToObj(i -> new PoolerSample("bouncer-" + (char) ('a' + i), state, leadsTo, 64 + 7 * i, 0))
                .toList();
    }

    private List<Sample> samples(long peak, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    double wave = 0.35
                            + 0.3 * Math.sin(i / 17.0)
                            + 0.15 * Math.sin(i / 5.0)
                            + 0.2 * Math.abs(Math.sin(i * 12.9898) % 1);
                    return new Sample(now.minusSeconds(3L * (count - i)), (long) Math.max(0, wave * peak), 0L, 45, 45);
                })
                .toList();
    }

    private static List<TableProgress> ready(String database, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new TableProgress(
                        database,
                        name(i),
                        State.READY,
                        "r",
                        4_000_000L * i,
                        4_000_000L * i,
                        9_000L * i,
                        9_000L * i,
                        null,
                        null,
                        null))
                .toList();
    }

    private static List<TableProgress> mixed(String database, int count) {
        List<TableProgress> tables = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long bytes = 7_300_000L * (i % 97 + 1);
            State state = i == 3
                    ? State.ERROR
                    : i < 8
                            ? State.COPYING
                            : i < 12 ? State.FINISHED_COPY : i % 5 == 0 ? State.INITIALIZING : State.READY;
            tables.add(new TableProgress(
                    database,
                    i == 3 ? new TableName("public", "Invoice Lines <2019> \"draft\"") : name(i),
                    state,
                    switch (state) {
                        case READY -> "r";
                        case COPYING, ERROR -> "d";
                        case FINISHED_COPY -> "f";
                        default -> "i";
                    },
                    state.isCopied() ? bytes : state == State.COPYING ? bytes * (10 - i) / 10 : 0,
                    bytes,
                    state.isCopied() ? bytes / 210 : state == State.COPYING ? bytes / 210 * (10 - i) / 10 : 0,
                    bytes / 210,
                    state == State.COPYING ? 18_400_000L : null,
                    state == State.COPYING ? Duration.ofSeconds(7 + 41L * i) : null,
                    state == State.ERROR
                            ? "duplicate key value violates unique constraint \"Invoice Lines_pkey\" (Key (id)=(4711) already exists). Empty the table on the target; the copy starts again by itself."
                            : null));
        }
        return tables;
    }

    private static TableName name(int i) {
        String[] words = {"orders", "customers", "events_2024_", "Payment Methods", "order_lines", "audit_log", "stock"
        };
        return new TableName(
                i % 9 == 8 ? "Reporting" : "public", words[i % words.length] + (i < words.length ? "" : "_" + i));
    }

    private static List<TableResult> equal(List<TableProgress> tables) {
        return tables.stream()
                .map(table -> new TableResult(
                        table.database(),
                        table.name(),
                        Verdict.EQUAL,
                        table.copiedRows(),
                        table.copiedRows(),
                        "8f1e02aa47c3d9b1",
                        "8f1e02aa47c3d9b1",
                        320,
                        null))
                .toList();
    }

    private static List<TableResult> different(String database) {
        List<TableResult> results = new ArrayList<>(equal(ready(database, 20)));
        results.set(
                4,
                new TableResult(
                        database,
                        new TableName("public", "order_lines"),
                        Verdict.DIFFERENT,
                        812_331,
                        812_330,
                        "77b1",
                        "9c02",
                        4400,
                        "The target lacks one row, three times in a row, each time behind a barrier."));
        results.set(
                5,
                new TableResult(
                        database,
                        new TableName("public", "Audit <Log>"),
                        Verdict.MISSING,
                        99,
                        0,
                        "aa",
                        null,
                        1,
                        "The table does not exist on the target."));
        results.set(
                6,
                new TableResult(
                        database,
                        new TableName("public", "blobs"),
                        Verdict.FAILED,
                        0,
                        0,
                        null,
                        null,
                        60_000,
                        "Took longer than 60 s on the source."));
        results.set(
                8,
                new TableResult(
                        database,
                        new TableName("public", "visits"),
                        Verdict.EQUAL,
                        51_200,
                        51_200,
                        null,
                        null,
                        900,
                        "Rows were written during the comparison; 12 were compared one by one."));
        return results;
    }

    private Run run(
            int number,
            String slug,
            ProcedureName procedure,
            RunStatus status,
            long secondsAgo,
            @Nullable String outcome) {
        return new Run(
                number * 10L,
                slug,
                number,
                procedure,
                status,
                PreviewProcedures.VERSION,
                "mara",
                now.minusSeconds(secondsAgo),
                status.isOver() ? now.minusSeconds(secondsAgo).plusSeconds(42) : null,
                1,
                outcome,
                procedure.holdsClients() && status == RunStatus.SUCCEEDED ? 131L : null,
                RunFacts.NONE);
    }
}
