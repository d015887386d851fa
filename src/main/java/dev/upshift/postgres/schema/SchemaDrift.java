package dev.upshift.postgres.schema;

import dev.upshift.postgres.fence.FencedStatements;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Optional;

/**
 * Compares the schemas of both sides after the copy: what was changed on one of them since. The side that serves leads,
 * the other has to follow.
 */
public interface SchemaDrift {

    /**
     * Compares what {@link SchemaCopy#compare} does, and roles by name, the settings of roles and databases, grants on the
     * database, and versions of extensions. Definitions
     * are read only when a catalogue has changed since this was asked for the last time; else it costs each side a few
     * scans of its catalogue.
     *
     * @param leader the side that clients use, and whose session {@code leading} is
     * @param withoutHeldBack whether objects that a copy holds back are left out
     * @return the worst first; empty if there are none
     */
    List<Difference> between(Side leader, PostgresSession leading, PostgresSession following, boolean withoutHeldBack);

    /** What comes of a difference, the worst first. */
    enum Effect {
        /** The next row that is concerned cannot be applied on the side that follows. */
        STOPS_REPLICATION,
        /** The side that leads could not take what the other one would send it, once clients are there. */
        STOPS_WAY_BACK,
        /** It stays different when clients are on the other side. */
        STAYS,
        /** An upgrade brings it along: told, and nothing that anybody has to mend. */
        USUAL
    }

    /**
     * One object that is missing, surplus or different.
     *
     * @param object its kind and name
     * @param text what is different, with the side, without a full stop
     * @param remedy the statement that mends it on the side that follows, where one can be told
     */
    record Difference(Effect effect, String object, String text, Optional<String> remedy) {

        public boolean stopsReplication() {
            return effect == Effect.STOPS_REPLICATION;
        }

        public boolean stopsWayBack() {
            return effect == Effect.STOPS_WAY_BACK;
        }

        public boolean usual() {
            return effect == Effect.USUAL;
        }

        /**
         * As a sentence.
         *
         * @param readOnly whether sessions on that side can only read unless they ask for more
         */
        public String sentence(Side follower, boolean readOnly) {
            return text
                    + statement(readOnly)
                            .map(statement -> ". On the " + follower.word() + ": " + statement + ";")
                            .orElse(".");
        }

        /**
         * The remedy as it runs there.
         *
         * @param readOnly whether sessions on that side can only read unless they ask for more
         */
        public Optional<String> statement(boolean readOnly) {
            return remedy.map(statement -> FencedStatements.one(readOnly, statement));
        }
    }
}
