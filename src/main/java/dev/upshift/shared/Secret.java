package dev.upshift.shared;

/** A secret text that does not print itself. Ask {@link #reveal()} only at the place that needs the clear text. */
public final class Secret {

    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** The clear text; never log or render it. */
    public String reveal() {
        return text;
    }

    public boolean isBlank() {
        return text.isBlank();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "••••";
    }
}
