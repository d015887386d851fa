package dev.upshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CarriersTests {

    private static final int WAITING = 4;

    /** Exit code of a process whose virtual threads do not move. */
    private static final int STANDS_STILL = 3;

    /** In a process of its own, because the carriers are counted when the first virtual thread begins. */
    @ParameterizedTest
    @CsvSource({"usual, 3", "provided, 0"})
    void whoLoadsAClassWhileItsJarIsLockedKeepsNobodyFromUnlockingIt(String carriers, int exit) throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:ActiveProcessorCount=2",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Standstill.class.getName(),
                        carriers))
                .inheritIO()
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(exit);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void whatSomebodyHasSetStays() {
        String before = System.getProperty(Carriers.PROPERTY);
        try {
            System.setProperty(Carriers.PROPERTY, "3");
            Carriers.provide();
            assertThat(System.getProperty(Carriers.PROPERTY)).isEqualTo("3");
        } finally {
            if (before == null) {
                System.clearProperty(Carriers.PROPERTY);
            } else {
                System.setProperty(Carriers.PROPERTY, before);
            }
        }
    }

    /** One holds a lock and has left its carrier; others wait for that lock in the initialisation of a class. */
    static final class Standstill {

        static final ReentrantLock JAR = new ReentrantLock();

        static final AtomicInteger passed = new AtomicInteger();

        private Standstill() {}

        static void passThrough() {
            JAR.lock();
            try {
                passed.incrementAndGet();
            } finally {
                JAR.unlock();
            }
        }

        /** @param arguments whether carriers are provided */
        public static void main(String[] arguments) throws Exception {
            if (arguments[0].equals("provided")) {
                Carriers.provide();
            }
            CountDownLatch locked = new CountDownLatch(1);
            Thread holder = Thread.startVirtualThread(() -> {
                JAR.lock();
                try {
                    locked.countDown();
                    LockSupport.park(); // leaves its carrier, and needs one again
                } finally {
                    JAR.unlock();
                }
            });
            locked.await();
            List<Thread> loading = List.of(
                    Thread.startVirtualThread(One::load),
                    Thread.startVirtualThread(Two::load),
                    Thread.startVirtualThread(Three::load),
                    Thread.startVirtualThread(Four::load));
            await().pollInSameThread()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> JAR.getQueueLength() == (arguments[0].equals("provided") ? WAITING : 2));
            LockSupport.unpark(holder);
            boolean moves = loading.getFirst().join(Duration.ofSeconds(arguments[0].equals("provided") ? 60 : 2));
            Runtime.getRuntime().halt(moves ? 0 : STANDS_STILL);
        }
    }

    private static final class One {
        static {
            Standstill.passThrough();
        }

        private One() {}

        static void load() {
            // by being called
        }
    }

    private static final class Two {
        static {
            Standstill.passThrough();
        }

        private Two() {}

        static void load() {
            // by being called
        }
    }

    private static final class Three {
        static {
            Standstill.passThrough();
        }

        private Three() {}

        static void load() {
            // by being called
        }
    }

    private static final class Four {
        static {
            Standstill.passThrough();
        }

        private Four() {}

        static void load() {
            // by being called
        }
    }
}
