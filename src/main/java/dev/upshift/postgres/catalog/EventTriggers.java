package dev.upshift.postgres.catalog;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import java.util.List;
import java.util.Set;

/**
 * Event triggers of the application that our own statements fire: their code runs with our rights, its rows are met by
 * replication, and its errors stop us. Sessions of ours keep them off as far as the server and our role allow.
 */
public interface EventTriggers extends Port {

    /** What a switch says of links, as the server tags its commands. */
    Set<String> OF_LINKS = Set.of(
            "CREATE PUBLICATION",
            "ALTER PUBLICATION",
            "DROP PUBLICATION",
            "CREATE SUBSCRIPTION",
            "ALTER SUBSCRIPTION",
            "DROP SUBSCRIPTION",
            "COMMENT");

    /** Any command: a schema is made. */
    Set<String> ANY = Set.of();

    /** Those that fire in sessions such as this one, whatever it did to keep them off; none of extensions. */
    @Looks
    List<EventTrigger> firing(PostgresSession session, Set<String> commands);

    /**
     * @param name quoted as in a statement
     * @param event {@code ddl_command_end} and the like; {@code login} fires before a session can keep it off
     * @param function with its schema
     * @param remedy what keeps it from firing, as a sentence
     */
    record EventTrigger(String name, String event, String function, String remedy) {

        @Override
        public String toString() {
            return "%s (%s, calls %s)".formatted(name, event, function);
        }
    }
}
