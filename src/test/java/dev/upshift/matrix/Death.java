package dev.upshift.matrix;

/** Unwinds a control plane that is dead: nothing that it does from here on has any effect. */
final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death() {
        super("the control plane is dead", null, false, false);
    }
}
