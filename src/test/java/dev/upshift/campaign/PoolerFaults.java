package dev.upshift.campaign;

import dev.upshift.lab.ClientError;
import dev.upshift.lab.LedgerSchema;
import dev.upshift.lab.PgBouncer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What befalls one of the poolers. */
final class PoolerFaults {

    private PoolerFaults() {}

    /** Killed, and started again: it is not paused any more, and reads whatever its file says now. */
    static final class Killed implements Fault {
        @Override
        public Duration lasts(Scene scene) {
            return Duration.ofMillis(scene.random().nextInt(1_500));
        }

        @Override
        public void strike(Scene scene) {
            scene.pooler().kill();
        }

        @Override
        public void mend(Scene scene) {
            scene.pooler().start();
        }

        @Override
        public boolean causes(ClientError error, Scene scene) {
            return scene.isThroughPooler(error);
        }
    }

    /** Stands still for longer than a command is waited for, or not. */
    static final class Frozen implements Fault {
        @Override
        public Duration lasts(Scene scene) {
            return Duration.ofMillis(1_000L + scene.random().nextInt(6_000));
        }

        @Override
        public void strike(Scene scene) {
            scene.pooler().suspend();
        }

        @Override
        public void mend(Scene scene) {
            scene.pooler().proceed();
        }
    }

    /** Answers late, but in time. */
    static final class Late implements Fault {
        @Override
        public Duration lasts(Scene scene) {
            return Duration.ofMillis(100L + scene.random().nextInt(900));
        }

        @Override
        public void strike(Scene scene) {
            scene.pooler().suspend();
        }

        @Override
        public void mend(Scene scene) {
            scene.pooler().proceed();
        }
    }

    /**
     * Restarted so that others may listen on its port, and then one does: it leads to the side that is left, by a file
     * that nobody moves, and gets half of the connections, be they clients or consoles.
     */
    static final class SecondProcess implements Fault {

        private static final AtomicInteger NUMBERS = new AtomicInteger();

        private String configuration = "";
        private @Nullable PgBouncer second;

        @Override
        public Duration lasts(Scene scene) {
            return Duration.ofMillis(500L + scene.random().nextInt(1_500));
        }

        @Override
        public void strike(Scene scene) {
            PgBouncer first = scene.pooler();
            configuration = first.mainConfiguration();
            first.kill();
            first.replaceMainConfiguration(configuration.replace("[pgbouncer]", "[pgbouncer]\nso_reuseport = 1"));
            first.start();
            second = PgBouncer.named(
                            "second-" + NUMBERS.incrementAndGet(),
                            scene.world().lab().lab())
                    .database(LedgerSchema.DATABASE, scene.from().port())
                    .setting("so_reuseport", "1")
                    .setting("server_login_retry", "1")
                    .on(first.port())
                    .start();
        }

        @Override
        public void mend(Scene scene) {
            if (second != null) {
                second.close();
            }
            PgBouncer first = scene.pooler();
            first.kill();
            first.replaceMainConfiguration(configuration);
            first.start();
        }

        @Override
        public boolean causes(ClientError error, Scene scene) {
            return scene.isThroughPooler(error);
        }
    }

    /** Refuses RELOAD, because somebody has left a mistake in its own configuration. */
    static final class RefusesReload implements Fault {
        private String configuration = "";

        @Override
        public Duration lasts(Scene scene) {
            return Duration.ofMillis(500L + scene.random().nextInt(5_000));
        }

        @Override
        public void strike(Scene scene) {
            configuration = scene.pooler().mainConfiguration();
            scene.pooler().replaceMainConfiguration("this is no setting\n" + configuration);
        }

        @Override
        public void mend(Scene scene) {
            scene.pooler().replaceMainConfiguration(configuration);
        }
    }

    /**
     * No file can be written beside its configuration: stands for a full disk. Directories lie where the files are to
     * go, which stops root as well.
     */
    static final class Unwritable implements Fault {

        private static final List<String> SUFFIXES = List.of(".upshift-ready", ".upshift-trial", ".upshift-next");

        @Override
        public Duration lasts(Scene scene) {
            return Duration.ofMillis(500L + scene.random().nextInt(5_000));
        }

        @Override
        public void strike(Scene scene) {
            try {
                for (Path place : places(scene)) {
                    boolean staged = place.toString().endsWith("-next") && Files.isRegularFile(place);
                    if (!staged) { // what is there stays readable, on a full disk too
                        block(place);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The control plane may be moving what lies there at this very moment. */
        private static void block(Path place) throws IOException {
            for (int attempt = 1; ; attempt++) {
                try {
                    Files.deleteIfExists(place);
                    Files.createDirectories(place.resolve("in the way"));
                    return;
                } catch (FileSystemException moved) {
                    if (attempt == 10) {
                        throw moved;
                    }
                }
            }
        }

        @Override
        public void mend(Scene scene) {
            try {
                for (Path place : places(scene)) {
                    if (Files.isDirectory(place)) {
                        Files.delete(place.resolve("in the way"));
                        Files.delete(place);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static List<Path> places(Scene scene) {
            Path active = scene.pooler().databasesIni();
            return SUFFIXES.stream()
                    .map(suffix -> active.resolveSibling(active.getFileName() + suffix))
                    .toList();
        }
    }
}
