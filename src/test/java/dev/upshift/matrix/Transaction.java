package dev.upshift.matrix;

/** An open transaction that has written: its row is there once it commits. */
record Transaction(String client, String row, Kind kind) {

    enum Kind {
        /** Through a pooler. */
        POOLED,
        /** A client with a connection of its own. */
        DIRECT,
        /** A background worker, which nobody ends. */
        WORKER,
        /** Prepared, and waiting for COMMIT PREPARED. */
        PREPARED
    }
}
