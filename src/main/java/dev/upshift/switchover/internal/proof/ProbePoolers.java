package dev.upshift.switchover.internal.proof;

import dev.upshift.engine.Fact;
import dev.upshift.engine.FactOfEach;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.pooler.ConfigurationStore;
import dev.upshift.pooler.PoolerClients.ServerBehind;
import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.switchover.internal.check.pooler.ClientLogins;
import dev.upshift.switchover.internal.route.PoolerChange;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A login that fails after RESUME is the nastiest surprise: tries it before, through an extra entry. A hard fence that an
 * earlier switch left there would refuse it, so it is a soft one for that time.
 */
public final class ProbePoolers extends SwitchStep {

    /** What the extra entries are called: the mapped entry's name and this. */
    static final String ALIAS = "__probe";

    /** By database: the fence that kept even readers out there has to be put back. */
    private static final FactOfEach<Boolean> SHUT = Fact.flag("shut").ofEach();

    private static final Duration LOGIN = Duration.ofSeconds(5);
    private static final Duration RELOAD = Duration.ofSeconds(5);

    private volatile boolean clean;

    public ProbePoolers(Switch sw) {
        super(sw, "probe-poolers", Part.BEFORE, Duration.ofSeconds(30));
    }

    @Override
    public String sentence() {
        return "Sign in to the %s through %s, by an extra entry that is removed again. "
                        .formatted(sw.to().word(), sw.poolersInWords())
                + ClientLogins.inWords(sw.project().poolers());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        List<String> shut = sw.databases().stream().filter(sw.fence()::isShut).toList();
        if (!shut.isEmpty()) {
            run.remember(
                    "The fence of the %s lets clients in to read, until they are probed."
                            .formatted(sw.to().word()),
                    SHUT.of(shut.stream().collect(Collectors.toMap(database -> database, database -> true))));
        }
        String found;
        try {
            shut.forEach(sw.fence()::soften);
            found = probe();
        } finally {
            cleanUp(shut);
        }
        return StepOutcome.done(found);
    }

    private String probe() {
        sw.poolers().changes().forEach(this::addAliases);
        reload();
        long expected = sw.servers()
                .catalog()
                .server(sw.onTo(sw.databases().getFirst()))
                .systemIdentifier();
        List<String> unproven = sw
                .fanOut()
                .map(
                        sw.poolers().changes(),
                        change -> new ProvableLogin(sw, change.pooler()).isProvable()
                                ? lookThrough(change, expected)
                                : change.pooler().name())
                .stream()
                .filter(pooler -> !pooler.isEmpty())
                .toList();
        return unproven.isEmpty()
                ? "Clients can sign in to the %s through %s.".formatted(sw.to().word(), sw.poolersInWords())
                : "Not proven that clients can sign in to the %s through %s: the console's user is no role there, which this project accepts."
                        .formatted(sw.to().word(), String.join(" and ", unproven));
    }

    /** The fence even if a pooler's file cannot be written, and the other way round; also by a process that ends. */
    private void cleanUp(List<String> shut) {
        boolean interrupted = Thread.interrupted(); // it would cut the connections that this needs
        try {
            sw.fanOut().forEach(shut, sw.fence()::harden);
        } finally {
            if (removeAliases()) {
                reload();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        clean = true;
    }

    private void addAliases(PoolerChange change) {
        store(change)
                .replace(
                        change.pooler().configuration(),
                        withAliases(change),
                        change.current().hash());
    }

    private PoolerConfiguration withAliases(PoolerChange change) {
        Endpoint entered = sw.project().cluster(sw.to()).peer();
        PoolerConfiguration probing = change.current().without(aliases(change));
        for (String entry : change.entries()) {
            probing = probing.withAlias(entry, entry + ALIAS, entered);
        }
        return probing;
    }

    private static List<String> aliases(PoolerChange change) {
        return change.entries().stream().map(entry -> entry + ALIAS).toList();
    }

    /** @return nothing to complain of */
    private String lookThrough(PoolerChange change, long expected) {
        for (String entry : change.entries()) {
            ServerBehind behind = sw.ports().poolers().clients().look(change.pooler(), entry + ALIAS, LOGIN);
            if (behind.systemIdentifier() != expected) {
                throw new IllegalStateException(
                        "Through %s, the address of the %s leads to another cluster; check its peer host and port."
                                .formatted(change.pooler().name(), sw.to().word()));
            }
        }
        return "";
    }

    /**
     * Takes the aliases out of the files, and what lies beside these. A process that died while they were there has left
     * them in what this one read as the present configuration: so they are told by their names, not by what was read.
     *
     * @return whether a file was changed
     */
    private boolean removeAliases() {
        boolean removed = false;
        for (PoolerChange change : sw.poolers().changes()) {
            ConfigurationLocation location = change.pooler().configuration();
            PoolerConfiguration now = store(change).read(location);
            PoolerConfiguration clean = now.without(aliases(change));
            if (clean.hash().equals(now.hash())) {
                store(change).unstage(location);
            } else {
                store(change).replace(location, isAsWeLeftIt(now, change) ? change.current() : clean, now.hash());
                removed = true;
            }
        }
        return removed;
    }

    /** Then what was there before can be put back to the byte. */
    private boolean isAsWeLeftIt(PoolerConfiguration now, PoolerChange change) {
        return now.hash().equals(withAliases(change).hash())
                && !change.current().hash().equals(now.hash());
    }

    private void reload() {
        List<String> problems = sw.poolers().fleet().reload(RELOAD);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join(" ", problems));
        }
    }

    private ConfigurationStore store(PoolerChange change) {
        return sw.poolers().store(change.pooler());
    }

    @Override
    public boolean hasUndo() {
        return true;
    }

    /**
     * Unless this process knows that it has cleaned up, RELOADs in any case: whoever died may have done so between a
     * clean file and the RELOAD that makes it known.
     */
    @Override
    public void undo(RunContext run) {
        if (!clean) {
            List<String> shut = sw.databases().stream()
                    .filter(database -> run.fact(SHUT.of(database)).isPresent())
                    .toList();
            try {
                if (!shut.isEmpty()) {
                    sw.formerOwner().requireEnded(sw.to()); // it may be about to soften or to harden it
                }
                sw.fanOut().forEach(shut, sw.fence()::harden);
            } finally {
                removeAliases();
                reload();
            }
        }
    }
}
