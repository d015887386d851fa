package dev.upshift.engine;

import dev.upshift.shared.Lsn;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a run remembers under one name, in its journal or as evidence, and how the value is written.
 *
 * @param <T> what the value is
 */
public final class Fact<T> {

    private final String name;
    private final Function<T, String> write;
    private final Function<String, Optional<T>> read;

    private Fact(String name, Function<T, String> write, Function<String, Optional<T>> read) {
        this.name = name;
        this.write = write;
        this.read = read;
    }

    /** A value that is text already. */
    public static Fact<String> text(String name) {
        return new Fact<>(name, text -> text, Optional::of);
    }

    public static Fact<Integer> count(String name) {
        return new Fact<>(name, count -> Integer.toString(count), text -> Optional.of(Integer.valueOf(text)));
    }

    public static Fact<Long> number(String name) {
        return new Fact<>(name, number -> Long.toString(number), text -> Optional.of(Long.valueOf(text)));
    }

    /** A time, in whole milliseconds. */
    public static Fact<Duration> millis(String name) {
        return new Fact<>(
                name,
                time -> Long.toString(time.toMillis()),
                text -> Optional.of(Duration.ofMillis(Long.parseLong(text))));
    }

    public static Fact<Lsn> position(String name) {
        return new Fact<>(name, Lsn::toString, text -> Optional.of(Lsn.parse(text)));
    }

    /** That something is so. */
    public static Fact<Boolean> flag(String name) {
        return new Fact<>(name, is -> Boolean.toString(is), text -> Optional.of(Boolean.valueOf(text)));
    }

    /** Names, one a line. */
    public static Fact<List<String>> lines(String name) {
        return new Fact<>(
                name,
                lines -> String.join("\n", lines),
                text -> Optional.of(Arrays.stream(text.split("\n"))
                        .filter(line -> !line.isEmpty())
                        .toList()));
    }

    /** @param read what the word says; nothing for one that nobody knows */
    public static <T> Fact<T> word(String name, Function<T, String> write, Function<String, Optional<T>> read) {
        return new Fact<>(name, write, read);
    }

    /** The same for each of several: databases, poolers. */
    public FactOfEach<T> ofEach() {
        return new FactOfEach<>(this);
    }

    public String name() {
        return name;
    }

    /** This fact with its value. */
    public RunFacts of(T value) {
        return new RunFacts(Map.of(name, write.apply(value)));
    }

    Fact<T> called(String otherName) {
        return new Fact<>(otherName, write, read);
    }

    Optional<T> read(String text) {
        return read.apply(text);
    }
}
