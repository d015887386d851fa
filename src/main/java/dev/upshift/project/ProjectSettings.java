package dev.upshift.project;

import static dev.upshift.project.Setting.Section.ACCEPTED;
import static dev.upshift.project.Setting.Section.COPY;
import static dev.upshift.project.Setting.Section.REHEARSAL;
import static dev.upshift.project.Setting.Section.SWITCH;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;

/**
 * What a project may tune, and all there is to say of it: names in the API and in the form, what people read, what is
 * allowed, and what is taken where nothing is given. Forms, API, audit record, columns and documents are made from this
 * by way of {@link Setting}.
 *
 * <p>Nobody but a program that reads a form, a body or a row leaves anything out (null): it is then as by default. Plans
 * rely on the order of the parts.
 */
public record ProjectSettings(
        @Described(
                section = SWITCH,
                called = "lag threshold",
                help = "A switch is refused while a link is further behind")
        @Min(1) Long lagThresholdBytes,

        // PgBouncer throws waiting clients out after query_wait_timeout, 120 s by default; half of that leaves room to
        // undo
        // everything.
        @Described(
                section = SWITCH,
                called = "pause budget",
                help = "How long clients may be held before the point of no return; then everything is undone")
        @DurationMin(seconds = 1)
        @DurationMax(seconds = 60)
        Duration pauseBudget,

        @Described(
                section = SWITCH,
                called = "pause attempts",
                help = "How often a PAUSE is tried when a long transaction is in the way")
        @Min(1) @Max(10) Integer pauseAttempts,

        @Described(
                section = SWITCH,
                called = "sequence margin",
                unit = "values",
                help = "Values by which sequences are pushed ahead before the window")
        @Min(1) @Max(1_000_000) Integer sequenceMargin,

        @Described(
                section = SWITCH,
                called = "long transaction limit",
                help = "A switch is refused while a transaction is older")
        @DurationMin(seconds = 1)
        @DurationMax(hours = 1)
        Duration longTransactionLimit,

        @Described(
                section = SWITCH,
                called = "hard fence",
                help =
                        "The side that clients left refuses every connection of ordinary users (CONNECTION LIMIT 0), not only"
                                + " their writes. Needs a superuser.")
        Boolean hardFence,

        @Described(
                section = COPY,
                called = "copy jobs",
                help = "Connections that build indexes and constraints in parallel")
        @Min(1) @Max(32) Integer copyJobs,

        @Described(
                section = COPY,
                called = "binary copy",
                label = "Copy in binary",
                help = "Faster; both majors must write every type of yours alike.")
        Boolean binaryCopy,

        @Described(
                section = REHEARSAL,
                called = "rehearsal required",
                help =
                        "A cutover is refused unless the very same plan was rehearsed, not longer ago than the maximal age.")
        Boolean rehearsalRequired,

        // Long enough to rehearse on the eve of a weekend. What was rehearsed a month ago says little about today.
        @Described(
                section = REHEARSAL,
                called = "maximal age of a rehearsal",
                label = "Age of the rehearsal",
                help = "How old that rehearsal may be")
        @DurationMin(minutes = 1)
        @DurationMax(days = 30)
        Duration rehearsalMaxAge,

        @Described(
                section = ACCEPTED,
                called = "accepted",
                help =
                        "Guards of these names say what they object to, and let it pass: what stays behind, or is not proven,"
                                + " is accepted.")
        @JsonSetter(contentNulls = Nulls.FAIL)
        List<Acceptance> accepted) {

    public ProjectSettings {
        lagThresholdBytes = requireNonNullElse(lagThresholdBytes, 1L << 20);
        pauseBudget = requireNonNullElse(pauseBudget, Duration.ofSeconds(5));
        pauseAttempts = requireNonNullElse(pauseAttempts, 3);
        sequenceMargin = requireNonNullElse(sequenceMargin, 1_000);
        longTransactionLimit = requireNonNullElse(longTransactionLimit, Duration.ofSeconds(10));
        hardFence = requireNonNullElse(hardFence, false);
        copyJobs = requireNonNullElse(copyJobs, 2);
        binaryCopy = requireNonNullElse(binaryCopy, false);
        rehearsalRequired = requireNonNullElse(rehearsalRequired, false);
        rehearsalMaxAge = requireNonNullElse(rehearsalMaxAge, Duration.ofHours(24));
        accepted = requireNonNullElse(accepted, List.<Acceptance>of()).stream()
                .filter(Objects::nonNull) // of a row, whose name nobody knows any more
                .distinct()
                .sorted()
                .toList();
    }

    private static final Constructor<ProjectSettings> PARTS = BeanUtils.getResolvableConstructor(ProjectSettings.class);

    public static final ProjectSettings DEFAULTS =
            BeanUtils.instantiateClass(PARTS, new @Nullable Object[PARTS.getParameterCount()]);

    public boolean accepts(Acceptance what) {
        return accepted.contains(what);
    }

    /**
     * The same, but for one setting.
     *
     * @throws IllegalArgumentException if there is no such setting
     */
    public ProjectSettings with(String name, Object value) {
        Setting changed = Setting.named(name);
        return BeanUtils.instantiateClass(
                PARTS,
                Setting.all().stream()
                        .map(setting -> setting == changed ? value : setting.of(this))
                        .toArray());
    }

    /** The same, but for whether a rehearsal is asked for: what a switch does is the same with and without. */
    public ProjectSettings withoutRehearsal() {
        return with("rehearsalRequired", DEFAULTS.rehearsalRequired).with("rehearsalMaxAge", DEFAULTS.rehearsalMaxAge);
    }
}
