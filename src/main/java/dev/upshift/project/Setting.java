package dev.upshift.project;

import dev.upshift.shared.Quantities;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/**
 * One of a project's settings, as {@link ProjectSettings} describes it: forms, API, audit record and documents go through
 * all of them, and know none by its name.
 */
public final class Setting {

    private static final List<Setting> ALL = Arrays.stream(ProjectSettings.class.getRecordComponents())
            .map(Setting::new)
            .toList();

    private final RecordComponent part;
    private final Described described;
    private final Kind kind;
    private final Bounds bounds;

    private Setting(RecordComponent part) {
        this.part = part;
        this.described = Objects.requireNonNull(part.getAnnotation(Described.class), () -> part + " is not described");
        this.kind = Kind.of(part.getType());
        this.bounds = Bounds.of(part.getAccessor());
    }

    /** In the order of the API. */
    public static List<Setting> all() {
        return ALL;
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public static Setting named(String name) {
        return ALL.stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no setting " + name));
    }

    /** In JSON, e.g. {@code pauseBudget}. */
    public String name() {
        return part.getName();
    }

    /** Of the form, and in what is said to be wrong, e.g. {@code settings.pauseBudget}. */
    public String field() {
        return "settings." + name();
    }

    public Section section() {
        return described.section();
    }

    public Kind kind() {
        return kind;
    }

    /** Within a sentence. */
    public String called() {
        return described.called();
    }

    /** Above a field. */
    public String label() {
        return described.label().isEmpty() ? StringUtils.capitalize(called()) : described.label();
    }

    public String help() {
        return described.help();
    }

    /** What a sentence about its value begins with, after “The”. */
    public String subject() {
        if (!described.unit().isEmpty()) {
            return called() + " (in " + described.unit() + ")";
        }
        return kind == Kind.NUMBER ? "number of " + called() : called();
    }

    public Object of(ProjectSettings settings) {
        return Objects.requireNonNull(ReflectionUtils.invokeMethod(part.getAccessor(), settings));
    }

    /** What is taken where nothing is given. */
    public Object usual() {
        return of(ProjectSettings.DEFAULTS);
    }

    /** For people, exactly. */
    public String text(ProjectSettings settings) {
        return kind.text(of(settings));
    }

    /** What is allowed, e.g. {@code 1 s to 60 s}; empty where everything is. */
    public String range() {
        if (bounds.least() == null) {
            return "";
        }
        return bounds.most() == null
                ? "at least " + kind.bound(bounds.least())
                : kind.bound(bounds.least()) + " to " + kind.bound(bounds.most());
    }

    /** What is wrong with a value that its bounds do not allow. */
    public String objection(@Nullable Object value) {
        if (bounds.most() == null) {
            Object usual = of(ProjectSettings.DEFAULTS);
            return "The %s is %s, not %s; %s (%s) is usual."
                    .formatted(subject(), range(), value, usual, kind.text(usual));
        }
        return "The %s is between %s%s, not %s."
                .formatted(
                        subject(),
                        range().replace(" to ", " and "),
                        kind == Kind.DURATION ? " (" + bounds.least() + " to " + bounds.most() + ")" : "",
                        value);
    }

    @Override
    public String toString() {
        return name();
    }

    /** Parts of a form, in its order. */
    public enum Section {
        SWITCH("Switch"),
        COPY("Copy"),
        REHEARSAL("Rehearsal"),
        ACCEPTED("Accepted");

        private final String title;

        Section(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        /** In the order of the API. */
        public List<Setting> settings() {
            return ALL.stream().filter(setting -> setting.section() == this).toList();
        }
    }

    /** How a value is written. */
    public enum Kind {
        /** Of bytes. */
        SIZE,
        DURATION,
        NUMBER,
        /** On or off. */
        SWITCH,
        /** Any of a few names. */
        NAMES;

        private static Kind of(Class<?> type) {
            if (type == Long.class) {
                return SIZE;
            }
            if (type == Duration.class) {
                return DURATION;
            }
            if (type == Integer.class) {
                return NUMBER;
            }
            return type == Boolean.class ? SWITCH : NAMES;
        }

        private String text(Object value) {
            return switch (value) {
                case Long bytes -> Quantities.bytes(bytes);
                case Duration duration -> Quantities.duration(duration);
                case Boolean on -> on ? "on" : "off";
                case Collection<?> names when names.isEmpty() -> "none";
                case Collection<?> names ->
                    names.stream().map(name -> ((Acceptance) name).id()).collect(Collectors.joining(", "));
                default -> value.toString();
            };
        }

        /** So that nobody has to divide by 86400. All bounds are whole numbers of what they are told in. */
        private String bound(Object value) {
            return switch (value) {
                case Duration bound when bound.compareTo(Duration.ofDays(2)) >= 0 -> bound.toDays() + " days";
                case Duration bound when bound.compareTo(Duration.ofMinutes(2)) >= 0 -> bound.toMinutes() + " min";
                case Duration bound -> bound.toSeconds() + " s";
                case Long bytes when this == SIZE -> bytes == 1 ? "1 byte" : Quantities.bytes(bytes);
                default -> value.toString();
            };
        }
    }
}
