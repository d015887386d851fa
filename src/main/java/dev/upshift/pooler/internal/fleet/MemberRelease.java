package dev.upshift.pooler.internal.fleet;

import dev.upshift.pooler.PoolerConsole.CommandRefused;
import dev.upshift.pooler.PoolerConsole.DatabaseEntry;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.shared.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Lets the clients of one pooler go: RESUMEs until nothing is paused and no PAUSE is on its way any more.
 *
 * <p>RESUME goes first, on a connection that does nothing else, because every millisecond counts for the clients. It may
 * overtake a PAUSE of ours that PgBouncer has not read yet. Whether it did, its answer tells: "not paused" while our
 * PAUSE is pending means that the PAUSE is still to come, so RESUME is repeated until it finds the entry paused. Only
 * then the hanging PAUSE's connection is cut; cutting it before would not call back what the network already carries.
 * {@code SHOW DATABASES} has the last word.
 */
final class MemberRelease {

    private static final Duration POLL = Duration.ofMillis(1);

    private final List<EntryHold> holds;
    private final ConsoleLine line;
    private final PoolerView view;
    private final StuckLogins stuckLogins;
    private final Waiting waiting;

    MemberRelease(List<EntryHold> holds, ConsoleLine line, Waiting waiting) {
        this.holds = holds;
        this.line = line;
        this.view = new PoolerView(holds.stream().map(EntryHold::entry).toList(), line);
        this.stuckLogins = new StuckLogins(view, line, waiting);
        this.waiting = waiting;
    }

    /**
     * @param resumed called whenever RESUME was answered for all entries
     * @return what stood in the way if it did not come about in time
     */
    Optional<String> releaseClients(Deadline deadline, Runnable resumed) {
        String trouble;
        do {
            try {
                trouble = resumeAll();
                resumed.run();
                if (holds.stream().noneMatch(EntryHold::isOnItsWay) && nonePaused()) {
                    if (stuckLogins.release()) {
                        resumed.run();
                    }
                    return Optional.empty();
                }
            } catch (PoolerUnreachable | CommandRefused e) {
                trouble = String.valueOf(e.getMessage());
            }
            waiting.pause(POLL);
        } while (!deadline.isOver());
        return Optional.of(trouble);
    }

    private String resumeAll() {
        StringBuilder trouble = new StringBuilder();
        for (EntryHold hold : holds) {
            try {
                if (line.ask(console -> console.resume(hold.entry()))) {
                    hold.resumed();
                }
            } catch (CommandRefused e) {
                // An entry that is gone cannot hold anybody; SHOW DATABASES decides.
                trouble.append(e.getMessage()).append(' ');
            }
        }
        return trouble.toString().strip();
    }

    private boolean nonePaused() {
        return view.databases().stream().noneMatch(DatabaseEntry::paused);
    }
}
