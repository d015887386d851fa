package dev.upshift;

/**
 * How many threads carry virtual ones. A virtual thread that loads a class keeps its carrier, also while it waits for
 * the lock of the jar that the class comes from; whoever holds that lock may be one that waits for a carrier. With as
 * many carriers as processors, two of a small machine, a start after a crash came to a standstill so, with clients held
 * (see ADR 19). A carrier is made when it is needed, and costs a thread.
 */
final class Carriers {

    static final String PROPERTY = "jdk.virtualThreadScheduler.parallelism";

    /** More than threads that load classes at one time: requests, looks at servers and poolers, steps of runs. */
    static final int COUNT = 128;

    private Carriers() {}

    /** To be called before the first virtual thread begins; what somebody has set stays. */
    static void provide() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, Integer.toString(COUNT));
        }
    }
}
