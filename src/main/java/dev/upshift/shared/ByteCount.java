package dev.upshift.shared;

import java.util.Locale;

/** A number of bytes; prints in the unit a person would choose, decimal multiples, e.g. {@code 1.4 MB}. */
public record ByteCount(long bytes) implements Comparable<ByteCount> {

    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    @Override
    public int compareTo(ByteCount other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        if (Math.abs(bytes) < 1000) {
            return bytes + " B";
        }
        double scaled = bytes;
        int unit = -1;
        while (Math.abs(scaled) >= 999.95 && unit < UNITS.length - 1) {
            scaled /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", scaled, UNITS[Math.max(unit, 0)]);
    }
}
