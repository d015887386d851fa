package dev.upshift.check.internal.pooler;

import dev.upshift.check.Finding;
import dev.upshift.check.ForgottenEntries;
import dev.upshift.check.Place;
import dev.upshift.check.internal.draft.MappedEntries;
import dev.upshift.check.internal.draft.RunningPooler;
import dev.upshift.check.internal.draft.TriedPooler;
import dev.upshift.pooler.ConfigurationStore;
import dev.upshift.pooler.ConfigurationStore.StoreFailed;
import dev.upshift.pooler.ConfigurationStores;
import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.CommandRefused;
import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.project.ProjectDraft;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Opens a pooler's console and its configuration, so that it can be seen whether they can be used for a switch. */
@Component
public final class PoolerTrial {

    private static final Duration CONSOLE = Duration.ofSeconds(4);

    private final PoolerConsoles consoles;
    private final ConfigurationStores stores;
    private final ForgottenEntries forgotten;

    PoolerTrial(PoolerConsoles consoles, ConfigurationStores stores, ForgottenEntries entries) {
        this.consoles = consoles;
        this.stores = stores;
        this.forgotten = entries;
    }

    /** Tries the pooler at this place in the draft's list. */
    public TriedPooler of(ProjectDraft draft, int index) {
        return new Attempt(index, draft.poolers().get(index)).answer(draft);
    }

    private final class Attempt {

        private final int index;
        private final PoolerAddress pooler;
        private final List<Finding> unusable = new ArrayList<>();
        private final List<Finding> unreachable = new ArrayList<>();

        Attempt(int index, PoolerAddress pooler) {
            this.index = index;
            this.pooler = pooler;
        }

        TriedPooler answer(ProjectDraft draft) {
            Optional<MappedEntries> mapped =
                    configuration().map(configuration -> MappedEntries.of(draft, pooler, configuration));
            Optional<RunningPooler> running = running();
            List<Finding> left =
                    mapped.filter(_ -> running.isPresent()).map(this::left).orElse(List.of());
            return new TriedPooler(index, pooler, unusable, unreachable, mapped, running, left);
        }

        private Optional<PoolerConfiguration> configuration() {
            try {
                ConfigurationStore store = stores.of(pooler.configuration());
                PoolerConfiguration configuration = store.read(pooler.configuration());
                store.probe(pooler.configuration());
                return Optional.of(configuration);
            } catch (IllegalArgumentException e) {
                unusable.add(told(pooler.configuration().type(), e, "config.type"));
            } catch (StoreFailed e) {
                unusable.add(told(pooler.configuration().path(), e, "config.path"));
            }
            return Optional.empty();
        }

        private Optional<RunningPooler> running() {
            return answered(() -> {
                try (PoolerConsole console = consoles.open(pooler, CONSOLE)) {
                    return RunningPooler.seenOn(console);
                }
            });
        }

        private List<Finding> left(MappedEntries entries) {
            return answered(() -> Arrays.stream(Side.values())
                            .flatMap(side -> forgotten.of(entries.asked(side)).stream())
                            .toList())
                    .orElse(List.of());
        }

        private <T> Optional<T> answered(Supplier<T> look) {
            try {
                return Optional.of(look.get());
            } catch (PoolerUnreachable e) {
                unreachable.add(told(pooler.console().address(), e, part(e.reason())));
            } catch (CommandRefused e) {
                unreachable.add(told(pooler.console().address(), e, "host"));
            }
            return Optional.empty();
        }

        private Finding told(String object, RuntimeException failure, String part) {
            return Finding.told(Place.at(pooler.name()), List.of(object), String.valueOf(failure.getMessage()))
                    .in(TriedPooler.field(index, part));
        }

        private static String part(PoolerUnreachable.Reason reason) {
            return switch (reason) {
                case HOST_UNKNOWN, TIMED_OUT, LOST, OTHER -> "host";
                case REFUSED -> "port";
                case AUTHENTICATION -> "password";
                case NOT_ADMIN -> "username";
            };
        }
    }
}
