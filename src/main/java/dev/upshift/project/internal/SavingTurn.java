package dev.upshift.project.internal;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lets projects be saved one after the other, over all control planes: whether two of them share something can be told
 * only where none is saved between the look and the row.
 */
@Component
class SavingTurn {

    /** Of advisory locks in the metadata database: any number that nothing else takes. */
    private static final long KEY = 0x70726f6a65637473L; // "projects"

    private final JdbcClient jdbc;

    SavingTurn(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns when nobody else saves; until the transaction of the caller ends. */
    void awaitTurn() {
        jdbc.sql("select pg_catalog.pg_advisory_xact_lock(:key)")
                .param("key", KEY)
                .query()
                .listOfRows();
    }
}
