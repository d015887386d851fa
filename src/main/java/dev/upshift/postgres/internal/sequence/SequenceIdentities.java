package dev.upshift.postgres.internal.sequence;

import dev.upshift.postgres.sequence.Sequences.SequenceValue;
import dev.upshift.postgres.session.PostgresSession;
import java.util.List;

/** What a server knows sequences by, so that a prepared statement need not look up thousands of names. */
final class SequenceIdentities {

    private static final String IDENTITIES = """
            select array(select c.oid
                         from unnest(:schemas::text[], :names::text[]) with ordinality as w (schema, name, number)
                         join pg_namespace as n on n.nspname = w.schema
                         join pg_class as c on c.relnamespace = n.oid and c.relname = w.name
                         order by w.number)::text
            """;

    private SequenceIdentities() {}

    /** An array of oids as text, in the order given; those that are gone are missing. */
    static String of(PostgresSession session, List<SequenceValue> sequences) {
        return session.jdbc()
                .sql(IDENTITIES)
                .param("schemas", sequences.stream().map(SequenceValue::schema).toArray(String[]::new))
                .param("names", sequences.stream().map(SequenceValue::name).toArray(String[]::new))
                .query(String.class)
                .single();
    }
}
