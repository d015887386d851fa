package dev.upshift.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One process. Everything that it asks of the world goes through here, so that it can die or be failed at any moment. */
final class ControlPlane {

    private final World world;
    private final Trouble trouble;
    private final Count count;
    private final int generation;
    private volatile boolean alive = true;

    ControlPlane(World world, Trouble trouble, Count count, int generation) {
        this.world = world;
        this.trouble = trouble;
        this.count = count;
        this.generation = generation;
    }

    /** How many control planes had the run before this one. */
    int generation() {
        return generation;
    }

    World world() {
        return world;
    }

    void die() {
        alive = false;
    }

    boolean isAlive() {
        return alive;
    }

    /** Clients go on writing, and whatever is to happen at this moment happens. */
    void moment(String name) {
        stopIfDead();
        if (!name.startsWith("at ")) {
            world.traffic.step();
        }
        int number = count.moments.size();
        count.moments.add(name);
        trouble.at(this, number, name);
        stopIfDead();
    }

    void stopIfDead() {
        if (!alive) {
            throw new Death();
        }
    }

    /** Something that only looks. */
    <T> T look(String name, Supplier<T> work) {
        moment("at " + name);
        failIf(trouble.failsBefore(announced(name), name), name);
        return work.get();
    }

    /** Something that lasts. */
    <T> @Nullable T change(String name, Supplier<T> work) {
        moment("before " + name);
        int call = announced(name);
        failIf(trouble.failsBefore(call, name), name);
        @Nullable T result = trouble.isNotDone(call, name) ? null : work.get();
        moment("after " + name);
        failIf(trouble.failsAfter(call, name), name);
        return result;
    }

    void change(String name, Runnable work) {
        change(name, () -> {
            work.run();
            return name;
        });
    }

    private int announced(String name) {
        count.calls.add(name);
        return count.calls.size() - 1;
    }

    private static void failIf(boolean fails, String name) {
        if (fails) {
            throw Failures.of(name);
        }
    }

    /** What has happened so far, in one control plane. */
    static final class Count {
        final List<String> moments = new ArrayList<>();
        final List<String> calls = new ArrayList<>();
    }
}
