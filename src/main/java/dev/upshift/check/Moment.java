package dev.upshift.check;

/** When a check is asked. */
public enum Moment {
    /** Before a project is saved. */
    SAVE,
    /** In a plan, as a guard. */
    PLAN,
    /** Behind the fence, before the point of no return. */
    FENCE
}
