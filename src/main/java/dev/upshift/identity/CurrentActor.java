package dev.upshift.identity;

/** Who acts in the current request or run. */
public interface CurrentActor {

    /** The signed-in user's name, or {@code system} outside a request. */
    String name();
}
