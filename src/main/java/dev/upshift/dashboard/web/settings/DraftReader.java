package dev.upshift.dashboard.web.settings;

import dev.upshift.project.Acceptance;
import dev.upshift.project.Cluster;
import dev.upshift.project.InvalidProject;
import dev.upshift.project.InvalidProject.FieldProblem;
import dev.upshift.project.ProjectDraft;
import dev.upshift.project.ProjectSettings;
import dev.upshift.shared.Endpoint;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.shared.PoolerAddress.ApplicationLogin;
import dev.upshift.shared.PoolerAddress.ConfigurationLocation;
import dev.upshift.shared.Secret;
import dev.upshift.shared.SslMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads a draft from the fields of a form. Rules are the project module's; here numbers must only be numbers. */
final class DraftReader {

    private final Fields fields;
    private final List<FieldProblem> problems = new ArrayList<>();

    private DraftReader(Fields fields) {
        this.fields = fields;
    }

    /** @throws InvalidProject with every field that cannot be read */
    static ProjectDraft read(Fields fields) {
        DraftReader reader = new DraftReader(fields);
        ProjectDraft draft = reader.draft();
        if (fields.hasLostRows()) {
            reader.problems.add(new FieldProblem(
                    "rows",
                    "Not every database or pooler that was typed has arrived. Load this page anew and type them again; a"
                            + " form takes up to 100 of each."));
        }
        if (!reader.problems.isEmpty()) {
            throw new InvalidProject(reader.problems);
        }
        return draft;
    }

    private ProjectDraft draft() {
        return new ProjectDraft(
                fields.text("slug"),
                fields.text("name"),
                cluster("source"),
                cluster("target"),
                databases(),
                IntStream.range(0, fields.poolers())
                        .mapToObj(row -> pooler("poolers[" + row + "]"))
                        .toList(),
                settings());
    }

    /** Empty rows are no databases, but one must be there to be complained of. */
    private List<String> databases() {
        List<String> named = IntStream.range(0, fields.databases())
                .mapToObj(row -> fields.text("databases[" + row + "]"))
                .toList();
        return named.stream().allMatch(String::isEmpty) ? List.of() : named;
    }

    private Cluster cluster(String at) {
        String peerHost = fields.text(at + ".peerHost");
        return new Cluster(
                endpoint(at),
                peerHost.isEmpty() ? null : peerHost,
                fields.text(at + ".peerPort").isEmpty() ? null : number(at + ".peerPort", "peer port"),
                null);
    }

    private PoolerAddress pooler(String at) {
        return new PoolerAddress(
                fields.text(at + ".name"),
                endpoint(at),
                new ConfigurationLocation(fields.text(at + ".config.type"), fields.text(at + ".config.path")),
                application(at + ".application"));
    }

    /** None where the form names no user; a password alone is one without a user, which the rules refuse. */
    private @Nullable ApplicationLogin application(String at) {
        String username = fields.text(at + ".username");
        Secret password = fields.password(at + ".password");
        return username.isEmpty() && password.isBlank() ? null : new ApplicationLogin(username, password);
    }

    private Endpoint endpoint(String at) {
        String mode = fields.text(at + ".sslMode");
        SslMode sslMode = Arrays.stream(SslMode.values())
                .filter(one -> one.parameter().equals(mode))
                .findFirst()
                .orElse(SslMode.PREFER);
        return new Endpoint(
                fields.text(at + ".host"),
                number(at + ".port", "port"),
                fields.text(at + ".username"),
                fields.password(at + ".password"),
                sslMode);
    }

    private ProjectSettings settings() {
        return new ProjectSettings(
                readable(
                        "settings.lagThresholdBytes",
                        Quantities.bytes(fields.text("settings.lagThresholdBytes")),
                        "The lag threshold is no size. Write it like 1 MiB, 500 kB or 1048576.",
                        0L),
                duration("settings.pauseBudget", "pause budget"),
                number("settings.pauseAttempts", "number of pause attempts"),
                number("settings.sequenceMargin", "sequence margin"),
                duration("settings.longTransactionLimit", "long transaction limit"),
                fields.isChecked("settings.hardFence"),
                number("settings.copyJobs", "number of copy jobs"),
                fields.isChecked("settings.binaryCopy"),
                fields.isChecked("settings.rehearsalRequired"),
                duration("settings.rehearsalMaxAge", "maximal age of a rehearsal"),
                Arrays.stream(Acceptance.values())
                        .filter(one -> fields.isChecked("settings.accepted." + one.id()))
                        .toList());
    }

    private Duration duration(String name, String what) {
        return readable(
                name,
                Quantities.duration(fields.text(name)),
                "The %s is no duration. Write it like 5 s, 500 ms or 2 min.".formatted(what),
                Duration.ZERO);
    }

    private int number(String name, String what) {
        String text = fields.text(name);
        return readable(name, whole(text), "The %s has to be a whole number.".formatted(what), 0);
    }

    private static Optional<Integer> whole(String text) {
        return text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private <T> T readable(String name, Optional<T> value, String otherwise, T instead) {
        if (value.isEmpty()) {
            problems.add(new FieldProblem(name, otherwise));
        }
        return value.orElse(instead);
    }
}
