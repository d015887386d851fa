package dev.upshift.engine.internal.record;

import dev.upshift.engine.JournalEntry;
import java.util.List;

/** The write-ahead journal of all runs. */
public interface Journal {

    /**
     * Commits rows before it returns, all or none. Those that are there already are left alone, so that a commit whose
     * answer was lost can be repeated.
     *
     * @throws PivotRefused if the pivot is among them and somebody asked for an abort before; nothing was committed then
     * @throws StaleOwner if another owner has taken the run over since
     * @throws org.springframework.dao.DataAccessException if the metadata database did not answer: the rows may have
     *     been committed or not
     */
    void append(long run, int epoch, List<JournalEntry> entries);

    /** The rows of a run, in the order in which they were written. */
    List<JournalEntry> of(long run);

    /** The run was asked to abort before its pivot was committed; it never will be. */
    final class PivotRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public PivotRefused(String why) {
            super(why);
        }
    }
}
