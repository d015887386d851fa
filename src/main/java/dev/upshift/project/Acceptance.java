package dev.upshift.project;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a guard would block a switch for, and a project may accept: named here once, for the form, the API and the
 * documents. The guard of the same name says each time what exactly was accepted.
 */
public enum Acceptance {
    NOT_CARRIED(
            "not-carried",
            "Rows that are not carried",
            "Large objects, unlogged tables, rows in tables of extensions and other people's publications stay behind."),
    FENCE_OVERRIDES(
            "fence-overrides",
            "A fence that some can pass",
            "Roles, databases or workers that may write on the side that was left in spite of its fence."),
    APPLICATION_LOGINS(
            "application-logins",
            "Logins that differ or cannot be tried",
            "Roles that may sign in on the side that is left and not alike on the other one, and poolers through which"
                    + " nobody whom this project knows can prove that clients get in."),
    IDENTITY_FULL_TYPES(
            "identity-full-types",
            "Rows that cannot be found",
            "Tables without a key that hold json, xml or the like: replication stops at their first UPDATE or DELETE."),
    SCHEMA_DRIFT(
            "schema-drift",
            "Schemas that differ",
            "Indexes, constraints, functions, grants, settings and the like that the side that is entered lacks or has"
                    + " otherwise. What would stop replication is never accepted; what would stop it only on the way back"
                    + " is accepted of a rollback."),
    EVENT_TRIGGERS(
            "event-triggers",
            "Event triggers that our statements fire",
            "Those that are ENABLE ALWAYS or that our role may not keep off: that they write no rows and raise no errors"
                    + " when a link is made, changed or dropped."),
    ALWAYS_TRIGGERS(
            "always-triggers",
            "Triggers that fire for what replication brings",
            "Those that are ENABLE ALWAYS or ENABLE REPLICA: that they change no row and write none, not even in a table"
                    + " that is not replicated, for behind the fence that stops the way back. NOTIFY is fine.");

    private final String id;
    private final String title;
    private final String meaning;

    Acceptance(String id, String title, String meaning) {
        this.id = id;
        this.title = title;
        this.meaning = meaning;
    }

    /** As in the API, and the name of the guard that asks for it. */
    @JsonValue
    public String id() {
        return id;
    }

    /** A few words for a form. */
    public String title() {
        return title;
    }

    /** One sentence: what is accepted. */
    public String meaning() {
        return meaning;
    }

    public static Optional<Acceptance> of(String id) {
        return Arrays.stream(values()).filter(known -> known.id.equals(id)).findFirst();
    }
}
