package dev.upshift.pooler;

/** What the text of a configuration means, for stores: wherever they keep it, what they read is made of it here. */
public interface ConfigurationFormat {

    /** Any text: what PgBouncer could not read is told when an entry is to be changed. */
    PoolerConfiguration read(String text);
}
