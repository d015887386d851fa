package dev.upshift.check;

import dev.upshift.project.Acceptance;
import java.util.Optional;
import java.util.Set;

/**
 * Something that is looked at before anybody relies on it, in one place for all who ask: when a project is saved, in a
 * plan, behind the fence. One small class; its SQL is behind a port, its row is in the runbook, and a test on real servers
 * makes it find something and lets it pass.
 *
 * @param <I> what it looks at, and through what
 */
public interface Check<I extends Inspected> {

    /** In kebab case; its name in plans, in the API and in the documents. */
    String id();

    Severity severity();

    Scope scope();

    /** When it is asked. */
    Set<Moment> moments();

    /** What is said when nothing was found, in one sentence; asked for after the look, and only then. */
    String fine(I inspected);

    /**
     * Looks. Set-wise, never object by object, so that ten thousand tables take no longer than it takes to read them.
     * What it throws is an {@link CheckResult.Errored}: that nobody could look is never taken for nothing being there.
     */
    CheckResult look(I inspected);

    /** By what a project accepts what is found, but for findings that nobody may accept; empty where nobody may at all. */
    default Optional<Acceptance> acceptance() {
        return Optional.empty();
    }

    /** Whether all others of a list would only repeat what this one has found, and so are not asked. */
    default boolean isGate() {
        return false;
    }
}
