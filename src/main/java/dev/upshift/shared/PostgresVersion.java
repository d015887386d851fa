package dev.upshift.shared;

/**
 * A server version as {@code server_version_num}, e.g. 130023 for 13.23 (PostgreSQL documentation, "Preset Options").
 */
public record PostgresVersion(int number) implements Comparable<PostgresVersion> {

    public int major() {
        return number / 10000;
    }

    public int minor() {
        return number % 10000;
    }

    public boolean isAtLeast(int major) {
        return major() >= major;
    }

    @Override
    public int compareTo(PostgresVersion other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return major() + "." + minor();
    }
}
