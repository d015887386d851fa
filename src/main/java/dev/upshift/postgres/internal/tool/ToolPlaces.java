package dev.upshift.postgres.internal.tool;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The folders in which PostgreSQL's client programs may be. The folders of single versions come first: what the PATH
 * leads to may be a script of the distribution that picks a version by itself.
 *
 * @param folders in the order in which they are tried
 */
record ToolPlaces(List<Path> folders) {

    private static final List<Path> VERSIONED = List.of(
            Path.of("/usr/lib/postgresql"), Path.of("/opt/homebrew/opt"), Path.of("/usr/local/opt"), Path.of("/usr"));

    /** What is set, and nothing else; or else the usual folders and the PATH. */
    static ToolPlaces of(ToolSettings settings, String searchPath) {
        if (settings.toolsDirectory() != null) {
            return new ToolPlaces(List.of(settings.toolsDirectory()));
        }
        Set<Path> folders = new LinkedHashSet<>();
        for (Path parent : VERSIONED) {
            folders.addAll(binariesBelow(parent));
        }
        for (String entry : searchPath.split(File.pathSeparator)) {
            if (!entry.isBlank()) {
                folders.add(Path.of(entry));
            }
        }
        folders.add(Path.of("/usr/bin"));
        folders.add(Path.of("/usr/local/bin"));
        folders.add(Path.of("/opt/homebrew/bin"));
        return new ToolPlaces(List.copyOf(folders));
    }

    /** Debian's {@code 17/bin}, Red Hat's {@code pgsql-17/bin}, Homebrew's {@code postgresql@17/bin} and {@code libpq/bin}. */
    private static List<Path> binariesBelow(Path parent) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(parent)) {
            try (DirectoryStream<Path> children =
                    Files.newDirectoryStream(parent, "{[0-9][0-9],pgsql-*,postgresql@*,libpq}")) {
                children.forEach(child -> found.add(child.resolve("bin")));
            } catch (IOException unreadable) {
                return List.of();
            }
        }
        return found;
    }
}
