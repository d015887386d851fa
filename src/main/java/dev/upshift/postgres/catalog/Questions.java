package dev.upshift.postgres.catalog;

import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.shared.Port;
import dev.upshift.shared.Port.Looks;
import java.util.List;

/**
 * Asks servers what one check wants to know, and nobody else: the statement is a file of its own, and its rows are
 * records of the asker's. What several ask belongs to a port with methods, such as {@link Catalog}.
 */
public interface Questions extends Port {

    /**
     * Reads the rows that the file {@code <name>.sql} of {@code dev/upshift/postgres/internal/question} selects. For
     * majors that need another statement there is {@code <name>-<major>.sql} beside it, which counts from that major on.
     *
     * @param row a record whose parts are named as the columns, in camel case; primitives are never null
     * @throws IllegalArgumentException if there is no such file
     */
    @Looks
    <R extends Record> List<R> rows(PostgresSession session, String name, Class<R> row);
}
