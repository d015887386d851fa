package dev.upshift.bench;

import dev.upshift.upgrade.Pages.Opened;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was measured with one number of tables. */
final class SizeFigures {

    private final Map<String, List<Duration>> pages = new TreeMap<>();
    private final List<Duration> plans = new ArrayList<>();
    private long heapBytes;

    /** Notes how long a page took; pages of runs count as one. */
    void page(Opened opened) {
        pages.computeIfAbsent(opened.path().replaceAll("\\d+$", "{run}"), path -> new ArrayList<>())
                .add(opened.took());
        heapBytes = Math.max(heapBytes, keptHeap());
    }

    void plan(Duration took) {
        plans.add(took);
    }

    List<Duration> plans() {
        return plans;
    }

    /** How long an opening took in the median, by page. */
    Map<String, Duration> pages() {
        return pages.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, page -> median(page.getValue())));
    }

    private static Duration median(List<Duration> took) {
        return took.stream().sorted().toList().get(took.size() / 2);
    }

    /** In lines: plans, heap, and each page with its median and its longest, in milliseconds. */
    String inWords() {
        return "plans %s, most heap kept by a collection %d MB\n%s"
                .formatted(
                        plans,
                        heapBytes >> 20,
                        pages.entrySet().stream()
                                .map(page -> line(page.getKey(), page.getValue()))
                                .collect(Collectors.joining("\n")));
    }

    private static String line(String path, List<Duration> took) {
        List<Duration> sorted = took.stream().sorted().toList();
        return "%-32s %4d times, median %4d ms, the longest %s"
                .formatted(
                        path,
                        sorted.size(),
                        median(took).toMillis(),
                        sorted.reversed().stream()
                                .limit(3)
                                .map(Duration::toMillis)
                                .toList());
    }

    /** What the last collection of each part of the heap has left. */
    private static long keptHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }
}
