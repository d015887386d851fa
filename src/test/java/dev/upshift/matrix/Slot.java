package dev.upshift.matrix;

/** A logical replication slot. What was only advanced is forgotten when the server restarts. */
final class Slot {
    final String name;
    final String database;
    long confirmed;
    final long durable;

    Slot(String name, String database, long position) {
        this.name = name;
        this.database = database;
        this.confirmed = position;
        this.durable = position;
    }

    void forgetWhatWasNotCheckpointed() {
        confirmed = durable;
    }
}
