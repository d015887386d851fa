package dev.upshift.postgres.internal.tool;

import dev.upshift.postgres.schema.SchemaCopy.SchemaCopyFailed;
import dev.upshift.shared.PostgresVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Finds the client programs that fit two servers. They must be at least as new as the source. The closer they are to
 * the target the better they know it; newer than the target they may say things that it does not understand: from 17
 * on, {@code pg_restore} begins with {@code SET transaction_timeout}, which no server before 17 knows.
 */
@Component
public class InstalledTools {

    /** The first major whose programs cannot write to servers that are older than this. */
    private static final int SPEAKS_TO_ITS_LIKE_ONLY = 17;

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    private final ToolPlaces places;
    private final ToolProcesses processes;

    @Autowired
    InstalledTools(ToolSettings settings, ToolProcesses processes) {
        this(ToolPlaces.of(settings, System.getenv().getOrDefault("PATH", "")), processes);
    }

    InstalledTools(ToolPlaces places, ToolProcesses processes) {
        this.places = places;
        this.processes = processes;
    }

    /**
     * The programs to copy a schema with. Looked for anew each time, so that what was installed meanwhile is found.
     *
     * @throws SchemaCopyFailed if there are none that fit
     */
    public Tools between(PostgresVersion source, PostgresVersion target) {
        List<Tools> installed = places.folders().stream()
                .map(this::in)
                .flatMap(Optional::stream)
                .toList();
        return installed.stream()
                .filter(tools -> fit(tools, source, target))
                .min(Comparator.<Tools>comparingInt(tools -> tools.major() <= target.major() ? 0 : 1)
                        .thenComparingInt(tools -> Math.abs(target.major() - tools.major())))
                .orElseThrow(() -> new SchemaCopyFailed(remedy(installed, source, target)));
    }

    private static boolean fit(Tools tools, PostgresVersion source, PostgresVersion target) {
        return tools.major() >= source.major()
                && (tools.major() < SPEAKS_TO_ITS_LIKE_ONLY || target.isAtLeast(SPEAKS_TO_ITS_LIKE_ONLY));
    }

    private static String remedy(List<Tools> installed, PostgresVersion source, PostgresVersion target) {
        String found = installed.isEmpty()
                ? "none was found"
                : "found: "
                        + String.join(
                                ", ",
                                installed.stream()
                                        .map(tools -> tools.major() + " in " + tools.folder())
                                        .toList());
        boolean tooNew = installed.stream().anyMatch(tools -> tools.major() >= source.major());
        return "Copying a schema from PostgreSQL %d to %d needs pg_dump and pg_restore of version %d%s; %s."
                        .formatted(
                                source.major(),
                                target.major(),
                                tooNew ? target.major() : source.major(),
                                tooNew ? " or older, but not older than " + source.major() : " or newer",
                                found)
                + " Install PostgreSQL's client programs on the control plane's machine (Debian, Ubuntu: apt-get install"
                + " postgresql-client-%1$d; Mac: brew install postgresql@%1$d)".formatted(target.major())
                + ", or set upshift.postgres.tools-directory to the folder where they are.";
    }

    private Optional<Tools> in(Path folder) {
        if (!Files.isExecutable(folder.resolve("pg_dump")) || !Files.isExecutable(folder.resolve("pg_restore"))) {
            return Optional.empty();
        }
        ToolProcesses.Outcome answer =
                processes.run(List.of(folder.resolve("pg_dump").toString(), "--version"), Map.of(), ANSWER, line -> {});
        Matcher version = VERSION.matcher(answer.text());
        return answer.succeeded() && version.find()
                ? Optional.of(new Tools(folder, Integer.parseInt(version.group(1))))
                : Optional.empty();
    }
}
