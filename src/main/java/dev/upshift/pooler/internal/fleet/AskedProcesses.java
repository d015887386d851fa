package dev.upshift.pooler.internal.fleet;

import dev.upshift.pooler.PoolerConsole;
import dev.upshift.pooler.PoolerConsole.CommandRefused;
import dev.upshift.pooler.PoolerConsoles;
import dev.upshift.pooler.PoolerProcess;
import dev.upshift.pooler.PoolerProcess.Objection;
import dev.upshift.pooler.PoolerProcesses;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.shared.FanOut;
import dev.upshift.shared.PoolerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * Tells processes apart by whom they see: a process lists the consoles that are open at it and no others. So several are
 * opened at each pooler, and each is asked for its list: two that have none in common are two processes, two that have
 * are one and the same.
 *
 * <p>Which process gets a connection is chance where the port is shared (for two processes one check in 2^7 sees only
 * one of them), and where it may be shared the process says so: {@link PoolerProcess} does not rely on chance.
 */
@Component
final class AskedProcesses implements PoolerProcesses {

    /** Consoles opened per pooler; each takes a few milliseconds. */
    private static final int TRIES = 8;

    private static final Duration CONSOLE = Duration.ofSeconds(4);

    private final PoolerConsoles consoles;

    AskedProcesses(PoolerConsoles consoles) {
        this.consoles = consoles;
    }

    @Override
    public Processes look(List<PoolerAddress> poolers) {
        List<Opened> opened = together(poolers.stream().map(Opened::new).toList(), Opened::open);
        try {
            together(opened.stream().filter(Opened::answers).toList(), Opened::ask);
            List<Opened> answering = opened.stream().filter(Opened::answers).toList();
            List<Objection> objections = new ArrayList<>(objectionsOf(answering));
            opened.stream().flatMap(one -> one.silence.stream()).forEach(objections::add);
            return new Processes(objections, answering.stream().anyMatch(one -> one.process.sharesPort()));
        } finally {
            opened.forEach(Opened::close);
        }
    }

    private static List<Objection> objectionsOf(List<Opened> answering) {
        List<Objection> objections = new ArrayList<>(PoolerProcess.objections(
                answering.stream().map(one -> one.process).toList()));
        for (int index = 0; index < answering.size(); index++) {
            Opened one = answering.get(index);
            if (one.lists.stream().anyMatch(list -> Collections.disjoint(list, one.lists.getFirst()))) {
                objections.add(new Objection(
                        one.pooler.name(),
                        List.of(),
                        "behind its address %s several processes answer, and only one of them would be paused and moved."
                                .formatted(one.pooler.console().address()),
                        "Register each as a pooler, by an address on which it alone listens."));
            }
            for (Opened other : answering.subList(index + 1, answering.size())) {
                if (one.sharesOneWith(other)) {
                    objections.add(new Objection(
                            one.pooler.name(),
                            List.of(other.pooler.name()),
                            "%s is the same process.".formatted(other.pooler.name()),
                            "Remove one of them from the project."));
                }
            }
        }
        return objections;
    }

    private static List<Opened> together(List<Opened> poolers, Consumer<Opened> look) {
        return FanOut.atOnce().seeThrough(poolers, pooler -> {
            look.accept(pooler);
            return pooler;
        });
    }

    /** The consoles opened at one address. */
    private final class Opened {

        private final PoolerAddress pooler;
        private final List<PoolerConsole> open = new ArrayList<>();
        private final List<Set<String>> lists = new ArrayList<>();
        private PoolerProcess process;
        private Optional<Objection> silence = Optional.empty();

        Opened(PoolerAddress pooler) {
            this.pooler = pooler;
            this.process = new PoolerProcess(pooler.name(), false, 0, List.of());
        }

        void open() {
            try {
                for (int count = 0; count < TRIES; count++) {
                    open.add(consoles.open(pooler, CONSOLE));
                }
            } catch (PoolerUnreachable | CommandRefused awayOrFull) {
                silent(awayOrFull); // also where some are open: the next one may have met another process
            }
        }

        boolean answers() {
            return !open.isEmpty();
        }

        /** All are open by now, so that those of one process see each other. */
        void ask() {
            try {
                process = open.getFirst().process();
                open.forEach(console -> lists.add(console.consoles()));
            } catch (PoolerUnreachable | CommandRefused gone) {
                silent(gone);
                close();
            }
        }

        private void silent(RuntimeException why) {
            silence = Optional.of(new Objection(
                    pooler.name(),
                    List.of(),
                    "nobody could ask which processes take its clients: " + why.getMessage(),
                    "Look again once its console answers."));
        }

        boolean sharesOneWith(Opened other) {
            return lists.stream()
                    .anyMatch(list -> other.lists.stream().anyMatch(theirs -> !Collections.disjoint(list, theirs)));
        }

        void close() {
            open.forEach(PoolerConsole::close);
            open.clear();
        }
    }
}
