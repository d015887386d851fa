package dev.upshift.engine;

import java.util.List;

/** A run was not started or not aborted; nothing was changed. */
public final class RunRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> reasons;

    public RunRefused(List<String> reasons) {
        super(String.join(" ", reasons));
        this.reasons = List.copyOf(reasons);
    }

    public static RunRefused because(String reason) {
        return new RunRefused(List.of(reason));
    }

    public List<String> reasons() {
        return reasons;
    }
}
