package dev.upshift.switchover.internal.check.pooler;

import dev.upshift.check.CheckResult;
import dev.upshift.check.Finding;
import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.switchover.internal.check.pooler.SeenPooler.Said;
import dev.upshift.switchover.internal.route.PoolerChange;
import dev.upshift.switchover.internal.route.Switch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;

/** Asks the consoles of all poolers, once for all checks of a switch. */
@Component
public final class SeenPoolers {

    private static final Duration CONSOLE = Duration.ofSeconds(5);

    private final PoolerConsoles consoles;

    SeenPoolers(PoolerConsoles consoles) {
        this.consoles = consoles;
    }

    /** What each has told, or why it did not. */
    public List<SeenPooler> of(Switch sw) {
        return sw.memo()
                .once(SeenPoolers.class, () -> sw.fanOut().map(sw.poolers().changes(), this::see));
    }

    private SeenPooler see(PoolerChange change) {
        try (PoolerConsole console = consoles.open(change.pooler(), CONSOLE)) {
            Said said = new Said(
                    console.databases().stream()
                            .filter(entry -> change.entries().contains(entry.name()))
                            .toList(),
                    console.pools(),
                    console.config(),
                    console.state());
            return new SeenPooler(change, Optional.of(said), null);
        } catch (RuntimeException failure) {
            return new SeenPooler(change, Optional.empty(), failure);
        }
    }

    /** Of each pooler that answers what is found there; of the others it is told elsewhere that they do not. */
    CheckResult answering(Switch sw, BiFunction<SeenPooler, Said, List<Finding>> look) {
        return CheckResult.of(of(sw).stream()
                .flatMap(seen -> seen.said().stream().flatMap(said -> look.apply(seen, said).stream()))
                .toList());
    }
}
