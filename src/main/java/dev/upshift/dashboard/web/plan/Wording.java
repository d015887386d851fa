package dev.upshift.dashboard.web.plan;

import dev.upshift.engine.ProcedureName;

/**
 * How a procedure's page speaks.
 *
 * @param headline what happens
 * @param sentence what it means for clients and for the data
 * @param button on the button that starts it
 */
public record Wording(String headline, String sentence, String button) {

    static Wording of(ProcedureName procedure) {
        return switch (procedure) {
            case COPY_SCHEMA ->
                new Wording(
                        "Copy roles and schema to the target",
                        "Clients notice nothing. If anything fails, the target is left as it was.",
                        "Copy the schema");
            case REPLICATE ->
                new Wording(
                        "Copy the data and keep it up to date",
                        "Clients notice nothing but some load on the source while tables are copied.",
                        "Start replication");
            case VERIFY ->
                new Wording(
                        "Compare both sides",
                        "Every table is read on both sides. Clients notice nothing but the load of that.",
                        "Compare now");
            case REHEARSE ->
                new Wording(
                        "Rehearse the switch, and move nothing",
                        "Clients are held for a moment, exactly as a switch would hold them, and then go on where they"
                                + " are. No client is moved, no configuration is put in force, and everything that was"
                                + " prepared is taken back.",
                        "Start the rehearsal");
            case CUTOVER ->
                new Wording(
                        "Move all clients from the source to the target",
                        "Clients are held, not refused, for as long as the window takes. Until the point of no return"
                                + " every failure is undone and the source goes on serving.",
                        "Cut over now");
            case ROLLBACK ->
                new Wording(
                        "Move all clients back from the target to the source",
                        "Clients are held, not refused, for as long as the window takes. Everything that was written to"
                                + " the target is on the source before it serves.",
                        "Roll back now");
            case FINISH ->
                new Wording(
                        "Give up the way back and clean up",
                        "The target goes on serving. The source is no longer kept up to date: going back is not possible"
                                + " any more. What Upshift made on either side is dropped; the source stays read-only, so that nobody writes there by"
                                + " mistake.",
                        "Finish, without a way back");
            case ABANDON ->
                new Wording(
                        "Give up this upgrade and clean up",
                        "The source goes on serving and is left as it was found. What was copied to the target stays"
                                + " there, no longer kept up to date.",
                        "Abandon this upgrade");
        };
    }
}
