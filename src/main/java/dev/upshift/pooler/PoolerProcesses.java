package dev.upshift.pooler;

import dev.upshift.pooler.PoolerProcess.Objection;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import java.util.List;

/** Finds out which processes answer at the poolers' addresses. */
public interface PoolerProcesses extends Port {

    /** Asks all of them at once; that one could not be asked is an objection, too. */
    @Looks
    Processes look(List<PoolerAddress> poolers);

    /**
     * @param objections to addresses behind which several processes answer, to processes that answer
     *     for two poolers, to processes that take the same clients and are no poolers of the project, and to poolers
     *     that could not be asked
     * @param sharePorts whether one of the poolers says that other processes may listen on its port; where none does, the
     *     operating system lets no other one listen there while it runs
     */
    record Processes(List<Objection> objections, boolean sharePorts) {

        /** Nobody else takes anybody's clients. */
        public static final Processes ALONE = new Processes(List.of(), false);

        public Processes {
            objections = List.copyOf(objections);
        }

        /** The objections, for people. */
        public List<String> sentences() {
            return objections.stream().map(Objection::sentence).toList();
        }
    }
}
