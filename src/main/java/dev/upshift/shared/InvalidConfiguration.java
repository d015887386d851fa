package dev.upshift.shared;

import org.jspecify.annotations.Nullable;

/** A setting keeps the control plane from starting; printed as what is wrong and what to do, without a stack trace. */
public final class InvalidConfiguration extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String remedy;

    /**
     * @param key the setting at fault, e.g. {@code upshift.data-directory}
     * @param problem what is wrong; a sentence without secrets
     * @param remedy what to do; a sentence or two
     */
    public InvalidConfiguration(String key, String problem, String remedy, @Nullable Throwable cause) {
        super(problem, cause);
        this.key = key;
        this.remedy = remedy;
    }

    public InvalidConfiguration(String key, String problem, String remedy) {
        this(key, problem, remedy, null);
    }

    public String key() {
        return key;
    }

    public String remedy() {
        return remedy;
    }
}
