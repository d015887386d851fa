package dev.upshift.pooler;

import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import java.util.List;

/** Finds out which processes answer at the poolers' addresses. */
public interface PoolerProcesses extends Port {

    /** Asks all of them at once; a pooler that does not answer is passed over. */
    @Looks
    Processes look(List<PoolerAddress> poolers);

    /** The objections of {@link #look}. */
    @Looks
    default List<String> objections(List<PoolerAddress> poolers) {
        return look(poolers).objections();
    }

    /**
     * What is wrong with who answers.
     *
     * @param pooler whose address or clients it is about
     * @param sentences the last one says what to do
     */
    record Objection(String pooler, String sentences) {}

    /**
     * @param found objections to addresses behind which several processes answer, to processes that answer
     *     for two poolers, and to processes that take the same clients and are no poolers of the project
     * @param sharePorts whether one of the poolers says that other processes may listen on its port; where none does, the
     *     operating system lets no other one listen there while it runs
     */
    record Processes(List<Objection> found, boolean sharePorts) {

        /** Nobody else takes anybody's clients. */
        public static final Processes ALONE = new Processes(List.of(), false);

        public Processes {
            found = List.copyOf(found);
        }

        /** What was found, in sentences. */
        public List<String> objections() {
            return found.stream().map(Objection::sentences).toList();
        }
    }
}
