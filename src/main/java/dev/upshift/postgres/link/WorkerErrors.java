package dev.upshift.postgres.link;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import dev.upshift.shared.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why workers of a subscription fail, in the words of the server that they belong to: it tells nobody but its log. */
public interface WorkerErrors extends Port {

    /** Tables whose copy has begun and which no worker copies at this moment: it failed, or is just being handed over. */
    @Looks
    List<TableName> withoutWorker(PostgresSession subscriber, String subscription);

    /** What the end of the server's log says; asked again only after some seconds, for it may be long. */
    @Looks
    Told told(PostgresSession subscriber, String subscription);

    /**
     * @param copies the last message of each table's copy that failed, by the table's name without its schema, as the log
     *     has it
     * @param apply the last message of the worker that applies changes, if it failed
     * @param elsewhere where a message can be seen that is not among these, as a sentence
     */
    record Told(Map<String, String> copies, Optional<String> apply, String elsewhere) {

        public Told {
            copies = Map.copyOf(copies);
        }

        /** The message of a table's copy, or where it can be seen; a sentence. */
        public String ofCopy(TableName table) {
            return sentence(Optional.ofNullable(copies.get(table.table())));
        }

        /** The message of the worker that applies changes, or where it can be seen; a sentence. */
        public String ofApply() {
            return sentence(apply);
        }

        private String sentence(Optional<String> message) {
            return message.map("The server says: %s."::formatted).orElse(elsewhere);
        }
    }
}
