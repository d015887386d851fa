package dev.upshift.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The directory that one world of servers lives in, and that goes with it.
 *
 * <p>It lies in the {@link ScratchSpace}, where the unprivileged user that a PgBouncer drops to can reach it. An open file lock marks it as used; the operating system frees that lock however the JVM ends. Making a
 * directory therefore first clears what earlier worlds left when their JVM was killed: servers that still run out of
 * a directory without an owner are ended, and the directory is deleted.
 */
public final class LabDirectory implements AutoCloseable {

    /** Where a PostgreSQL leaves its process id, in the first line. */
    static final String POSTGRES_PID_FILE = "postmaster.pid";

    /** Where the lab leaves the process id of a PgBouncer. */
    static final String PGBOUNCER_PID_FILE = "pgbouncer.pid";

    /** How to end each kind of server at once: a PostgreSQL that is asked to gives its shared memory back. */
    private static final Map<String, String> ENDING = Map.of(POSTGRES_PID_FILE, "QUIT", PGBOUNCER_PID_FILE, "KILL");

    private static final Logger log = LoggerFactory.getLogger(LabDirectory.class);
    private static final String OWNER_FILE = "owner.lock";

    /** Those of this JVM: their locks must not even be looked at, because closing the file again would free them. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private static final int DELETE_ATTEMPTS = 5;

    private final Path path;
    private final FileChannel owner;

    private LabDirectory(Path path, FileChannel owner) {
        this.path = path;
        this.owner = owner;
    }

    /** Makes a new, empty directory, after clearing what killed JVMs have left behind. */
    public static LabDirectory create() {
        return create(ScratchSpace.here().resolve("upshift-lab-" + System.getProperty("user.name", "unknown")));
    }

    static LabDirectory create(Path parent) {
        try {
            Files.createDirectories(parent);
            return inTurn(parent, () -> {
                clearAbandoned(parent);
                Path path = Files.createTempDirectory(
                        parent, "world-" + ProcessHandle.current().pid() + "-");
                letOthersPass(path);
                FileChannel owner = open(path.resolve(OWNER_FILE));
                owner.lock();
                OURS.add(path);
                return new LabDirectory(path, owner);
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a directory for the lab below " + parent, e);
        }
    }

    /** The directory itself. */
    public Path path() {
        return path;
    }

    /** Makes a directory in it that users other than the owner may enter. */
    Path subdirectory(String name) {
        try {
            Path made = Files.createDirectories(path.resolve(name));
            letOthersPass(made);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make " + path.resolve(name), e);
        }
    }

    /** Ends what still runs out of this directory, and deletes it. */
    @Override
    public void close() {
        try {
            inTurn(path.getParent(), () -> {
                clear(path);
                owner.close();
                OURS.remove(path);
                return path;
            });
        } catch (IOException e) {
            log.warn("Cannot clear {}: {}", path, e.getMessage());
        }
    }

    /** Directories are made and cleared one at a time, by whichever JVM: a lock in one that is half gone means nothing. */
    private static synchronized <T> T inTurn(Path parent, Work<T> work) throws IOException {
        try (FileChannel turn = open(parent.resolve("turn.lock"));
                FileLock held = turn.lock()) {
            return work.run();
        }
    }

    private static void clearAbandoned(Path parent) throws IOException {
        try (Stream<Path> children = Files.list(parent)) {
            for (Path world : children.filter(Files::isDirectory)
                    .filter(world -> !OURS.contains(world))
                    .toList()) {
                clearIfAbandoned(world);
            }
        }
    }

    private static void clearIfAbandoned(Path world) throws IOException {
        try (FileChannel owner = open(world.resolve(OWNER_FILE))) {
            if (owner.tryLock() != null) {
                log.info("Clearing {}, which an earlier lab has left behind", world);
                clear(world);
            }
        }
    }

    private static void clear(Path world) throws IOException {
        try (Stream<Path> files = Files.walk(world)) {
            files.filter(file -> ENDING.containsKey(file.getFileName().toString()))
                    .forEach(file -> serverOf(file, world).ifPresent(server -> end(server, file)));
        }
        delete(world);
    }

    private static void end(ProcessHandle server, Path pidFile) {
        Processes.end(server, ENDING.getOrDefault(pidFile.getFileName().toString(), "KILL"));
    }

    /** Finds the server behind a pid file, unless its process id belongs to something else by now. */
    private static Optional<ProcessHandle> serverOf(Path pidFile, Path world) {
        try (Stream<String> lines = Files.lines(pidFile)) {
            return lines.findFirst()
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                    .filter(process -> process.info()
                            .commandLine()
                            .orElse("")
                            .contains(world.getFileName().toString()));
        } catch (IOException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    private static void delete(Path world) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                FileSystemUtils.deleteRecursively(world);
                return;
            } catch (IOException stillWrittenTo) {
                if (attempt == DELETE_ATTEMPTS) {
                    throw stillWrittenTo;
                }
            }
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void letOthersPass(Path directory) {
        if (!directory.toFile().setReadable(true, false) || !directory.toFile().setExecutable(true, false)) {
            log.warn("Other users cannot enter {}", directory);
        }
    }

    /** Something to do with files. */
    private interface Work<T> {
        T run() throws IOException;
    }
}
