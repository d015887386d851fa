package dev.upshift.switchover.internal.check.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upshift.check.Check;
import dev.upshift.check.CheckList;
import dev.upshift.check.CheckOutcome;
import dev.upshift.check.CheckResult.Found;
import dev.upshift.check.Finding;
import dev.upshift.check.Witness;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.lab.Login;
import dev.upshift.lab.PostgresCluster;
import dev.upshift.postgres.internal.session.SharedServers;
import dev.upshift.postgres.link.LinkNames;
import dev.upshift.project.Acceptance;
import dev.upshift.project.Cluster;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.Secret;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A new database of the same name on two real servers, which tests share, and a project that is switched between them:
 * for tests of what a switch is asked, which extend their class with {@link SharedServers}.
 */
public final class SwitchSides implements AutoCloseable {

    public static final Duration LONG = Duration.ofSeconds(60);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String database = "switched_" + NUMBER.incrementAndGet();
    private final PostgresCluster source;
    private final PostgresCluster target;
    private final SwitchMemory memory = new SwitchMemory();
    private ProjectSettings settings = ProjectSettings.DEFAULTS;
    private Cluster sourceAs;
    private Cluster targetAs;

    /** On 13 and 18, with the same in both databases. */
    public SwitchSides(String schema) {
        this(SharedServers.of(13), SharedServers.of(18));
        both(schema);
    }

    /** Empty databases. */
    public SwitchSides(PostgresCluster source, PostgresCluster target) {
        this.source = source;
        this.target = target;
        this.sourceAs = cluster(source);
        this.targetAs = cluster(target);
        source.execute("postgres", "create database " + database);
        target.execute("postgres", "create database " + database);
    }

    public String database() {
        return database;
    }

    public PostgresCluster cluster(Side side) {
        return side == Side.SOURCE ? source : target;
    }

    public void onSource(String sql) {
        source.execute(database, sql);
    }

    public void onTarget(String sql) {
        target.execute(database, sql);
    }

    public void on(Side side, String sql) {
        cluster(side).execute(database, sql);
    }

    public void both(String sql) {
        onSource(sql);
        onTarget(sql);
    }

    public String value(Side side, String query) {
        return cluster(side).value(database, query);
    }

    /** The link that feeds the target. */
    public String link() {
        return link(Side.SOURCE);
    }

    /** The link that the side feeds the other one with. */
    public String link(Side from) {
        return LinkNames.link("switched", database, from.outbound());
    }

    /** Makes the link that the side feeds the other one with, of these tables, by hand. */
    public void connect(Side from, String tables) {
        on(from, "create publication \"%s\" for table %s".formatted(link(from), tables));
        on(from.other(), """
                create subscription "%s" connection 'host=%s port=%d dbname=%s user=%s password=%s'
                publication "%1$s\"""".formatted(
                        link(from),
                        PostgresCluster.HOST,
                        cluster(from).port(),
                        database,
                        Login.UPSHIFT.user(),
                        Login.UPSHIFT.password()));
    }

    /** Until so many tables are subscribed to, and all are ready. */
    public void awaitReady(Side to, int tables) {
        await().atMost(LONG)
                .until(() -> value(
                                to,
                                "select count(*) || ' ' || count(*) filter (where srsubstate = 'r') from pg_subscription_rel")
                        .equals(tables + " " + tables));
    }

    public void refresh(String how) {
        onTarget("alter subscription \"%s\" refresh publication %s".formatted(link(), how));
    }

    private static Cluster cluster(PostgresCluster server) {
        return new Cluster(SharedServers.endpoint(server), null, null, server.major());
    }

    /** From now on the project has that for the side. */
    public void reach(Side side, UnaryOperator<Cluster> changed) {
        if (side == Side.SOURCE) {
            sourceAs = changed.apply(sourceAs);
        } else {
            targetAs = changed.apply(targetAs);
        }
    }

    /** Our role is another one there from now on, which is made for it and may do nothing but sign in. */
    public String signInAsNobody(Side side) {
        String role = "nobody_" + database;
        on(side, "create role %s login password 'secret'".formatted(role));
        reach(
                side,
                known -> new Cluster(
                        new Endpoint(
                                known.endpoint().host(),
                                known.endpoint().port(),
                                role,
                                new Secret("secret"),
                                known.endpoint().sslMode()),
                        null,
                        null,
                        known.majorVersion()));
        return role;
    }

    /** Another value of a setting of the project. */
    public void set(String setting, Object value) {
        settings = settings.with(setting, value);
    }

    /** What the control plane remembers. */
    SwitchMemory memory() {
        return memory;
    }

    /** All guards of a switch that leaves the side. */
    public List<CheckOutcome> switching(Side from, Acceptance... accepted) {
        try (Switch sw = switchFrom(from, accepted)) {
            List<CheckOutcome> outcomes = memory.checks().ask(sw);
            outcomes.forEach(Witness::saw);
            return outcomes;
        }
    }

    /** What a guard of a switch that leaves the side says, and that it allows it, or does not. */
    public String reason(Side from, String guard, boolean allowed, Acceptance... accepted) {
        CheckOutcome outcome = outcome(from, guard, accepted);
        assertThat(outcome.allows()).as(outcome.words()).isEqualTo(allowed);
        return outcome.words();
    }

    /** What the guard has found. */
    public List<Finding> findings(Side from, String guard) {
        CheckOutcome outcome = outcome(from, guard);
        assertThat(outcome.result()).as(outcome.words()).isInstanceOf(Found.class);
        return ((Found) outcome.result()).findings();
    }

    /** The only thing that the guard has found. */
    public Finding finding(Side from, String guard) {
        List<Finding> findings = findings(from, guard);
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    /** That the guard has nothing against a switch that leaves the side. */
    public void passes(Side from, String guard) {
        CheckOutcome outcome = outcome(from, guard);
        assertThat(outcome.result()).as(outcome.words()).isNotInstanceOf(Found.class);
        assertThat(outcome.allows()).as(outcome.words()).isTrue();
    }

    /** Asks this one only. */
    private CheckOutcome outcome(Side from, String guard, Acceptance... accepted) {
        List<Check<? super Switch>> asked = memory.checks().all().stream()
                .filter(check -> check.id().equals(guard))
                .toList();
        assertThat(asked).as(guard).hasSize(1);
        try (Switch sw = switchFrom(from, accepted)) {
            CheckOutcome outcome = CheckList.<Switch>of(asked).ask(sw).getFirst();
            Witness.saw(outcome);
            return outcome;
        }
    }

    public Switch switchFrom(Side from, Acceptance... accepted) {
        return new Switch(project(from, accepted), from, ports());
    }

    public Ports ports() {
        return memory.ports();
    }

    /** As it is while the side serves. */
    public Project project(Side serving, Acceptance... accepted) {
        return new Project(
                1,
                "switched",
                "Switched",
                sourceAs,
                targetAs,
                List.of(database),
                List.of(),
                settings.with("accepted", List.of(accepted)),
                serving == Side.SOURCE ? Phase.REPLICATING : Phase.CUT_OVER,
                serving,
                1,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    /** Takes the links away, whose workers and slots would outlive the test. */
    @Override
    public void close() {
        for (Side side : Side.values()) {
            cluster(side).rows(database, """
                            select subname from pg_subscription
                            where subdbid = (select oid from pg_database where datname = current_database())""").forEach(subscription -> drop(side, subscription.get("subname")));
        }
        for (Side side : Side.values()) {
            await().atMost(LONG).until(() -> hasNoSlots(side));
        }
    }

    private void drop(Side side, String subscription) {
        for (String how : List.of("disable", "set (slot_name = none)")) {
            on(side, "alter subscription \"%s\" %s".formatted(subscription, how));
        }
        on(side, "drop subscription \"%s\"".formatted(subscription));
    }

    private boolean hasNoSlots(Side side) {
        String slots = "from pg_replication_slots where database = current_database()";
        on(side, "select pg_drop_replication_slot(slot_name) %s and not active".formatted(slots));
        return value(side, "select count(*) " + slots).equals("0");
    }
}
