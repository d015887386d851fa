package dev.upshift.engine.internal.walk;

import dev.upshift.engine.Run;
import dev.upshift.engine.internal.lease.LeasedOwnership;
import dev.upshift.engine.procedure.Script;

/**
 * A run as its owner has it in hands.
 *
 * @param run as it was when this owner took it
 * @param ownership asked before every side effect
 */
public record WalkedRun(Run run, Script script, RunJournal journal, LeasedOwnership ownership) {}
