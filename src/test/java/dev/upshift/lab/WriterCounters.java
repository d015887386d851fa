package dev.upshift.lab;

/**
 * What all writers together have done so far.
 *
 * @param attempted transactions begun
 * @param acknowledged transactions whose COMMIT was answered
 * @param inDoubt transactions whose COMMIT was sent and not answered
 * @param refused transactions that failed before their COMMIT was sent
 * @param missing entries that were not as their only author had left them
 * @param errors errors that clients saw, failed connection attempts included
 * @param reconnects connections made to replace a broken one
 * @param inFlight transactions under way now
 */
public record WriterCounters(
        long attempted,
        long acknowledged,
        long inDoubt,
        long refused,
        long missing,
        long errors,
        long reconnects,
        int inFlight) {}
