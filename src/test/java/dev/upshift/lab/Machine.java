package dev.upshift.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that something was measured on. */
public final class Machine {

    private static final double KIB_PER_GIB = 1_048_576;

    private Machine() {}

    /** For example “2 cores, 24 GiB of memory (Some Processor)”. */
    public static String words() {
        return "%d cores, %d GiB of memory (%s)"
                .formatted(Runtime.getRuntime().availableProcessors(), memoryGib(), processor());
    }

    private static long memoryGib() {
        return Math.round(
                Double.parseDouble(first("/proc/meminfo", "MemTotal:", "0 kB").split(" ")[0]) / KIB_PER_GIB);
    }

    private static String processor() {
        return first("/proc/cpuinfo", "model name", ": unknown processor").replaceFirst("^:\\s*", "");
    }

    private static String first(String file, String key, String otherwise) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(key.length()).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException notLinux) {
            return otherwise;
        }
    }
}
