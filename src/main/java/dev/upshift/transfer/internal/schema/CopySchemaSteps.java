package dev.upshift.transfer.internal.schema;

import dev.upshift.engine.Fact;
import dev.upshift.engine.FactOfEach;
import dev.upshift.engine.procedure.Ports;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.SimpleStep;
import dev.upshift.engine.procedure.Step;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.role.RoleLevelling.Levelled;
import dev.upshift.postgres.schema.SchemaCopy;
import dev.upshift.postgres.schema.SchemaCopy.RoleReport;
import dev.upshift.postgres.schema.SchemaCopy.SchemaArchive;
import dev.upshift.postgres.schema.SchemaCopy.SchemaComparison;
import dev.upshift.postgres.session.PostgresSession;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.records.HeldBackSchemas;
import dev.upshift.shared.Names;
import dev.upshift.shared.PostgresVersion;
import dev.upshift.shared.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of copying roles and schema; undone, the target is as it was found. But a database that was there before keeps
 * what was restored into it, and the archive stays with it, so that the next run can go on.
 */
final class CopySchemaSteps {

    private static final Duration DUMP = Duration.ofMinutes(30);

    /** Names of the roles that this run created. */
    private static final Fact<List<String>> ROLES = Fact.lines("createdRoles");

    /** That this run created the database, by name. */
    private static final FactOfEach<Boolean> CREATED =
            Fact.flag("createdDatabase").ofEach();

    private final Project project;
    private final Ports ports;
    private final BothSchemas schemas;
    private final SchemaCopy schemaCopy;
    private final HeldBackSchemas heldBack;

    CopySchemaSteps(Project project, Ports ports) {
        this.project = project;
        this.ports = ports;
        this.schemas = new BothSchemas(project, ports);
        this.schemaCopy = ports.servers().schemaCopy();
        this.heldBack = ports.records().heldBack();
    }

    List<Step> all() {
        List<Step> steps = new ArrayList<>();
        steps.add(SimpleStep.step(
                        "copy-roles",
                        "Create on the target the roles that it lacks, with their attributes and password verifiers.",
                        this::copyRoles)
                .undoneBy(this::dropRoles));
        for (String database : project.databases()) {
            steps.add(SimpleStep.step(
                            "copy-schema-" + database,
                            "Copy the schema of %s, without what is built after the data.".formatted(database),
                            run -> copySchema(database, run))
                    .within(DUMP)
                    .undoneBy(run -> dropDatabase(database, run)));
        }
        steps.add(SimpleStep.step("compare-schema", "Compare the schemas of both sides.", run -> compareAll()));
        // kept, and after all that may fail, because what roles had before is not put back
        steps.add(SimpleStep.step(
                        "level-roles",
                        "Bring roles that the target had before level with the source: passwords, sign-in, limits,"
                                + " settings, memberships.",
                        run -> levelRoles())
                .keptOnFailure());
        // kept, because undoing the copy after the phase was recorded would leave a project that claims to have it
        steps.add(SimpleStep.step("record-phase", "Record that the schema is copied.", run -> recordPhase())
                .keptOnFailure());
        return List.copyOf(steps);
    }

    private StepOutcome copyRoles(RunContext run) {
        try (PostgresSession source =
                        schemas.open(Side.SOURCE, project.databases().getFirst());
                PostgresSession target = schemas.open(Side.TARGET, CopySchema.MAINTENANCE)) {
            List<String> missing = schemaCopy.missingRoles(source, target);
            if (!missing.isEmpty()) {
                run.remember("Creating %d roles.".formatted(missing.size()), ROLES.of(missing));
            }
            RoleReport report = schemaCopy.copyRoles(source, target);
            String withoutPassword = report.withoutPassword().isEmpty()
                    ? ""
                    : " Without password, because our role may not read it: " + Names.some(report.withoutPassword())
                            + ".";
            String different = report.different().isEmpty()
                    ? ""
                    : " Not the same as on the source yet: " + Names.some(report.different()) + ".";
            return StepOutcome.done(
                    "Roles created: %d; there already: %d.%s%s"
                            .formatted(report.created().size(), report.present().size(), withoutPassword, different),
                    ROLES.of(report.created()));
        }
    }

    /** Undone last, when it is known which databases keep objects that may belong to them. */
    private void dropRoles(RunContext run) {
        if (!left().isEmpty()) {
            return;
        }
        List<String> created = run.fact(ROLES).orElse(List.of());
        try (PostgresSession target = schemas.open(Side.TARGET, CopySchema.MAINTENANCE)) {
            ports.servers().targetCleaning().dropRoles(target, created);
        }
    }

    private StepOutcome copySchema(String database, RunContext run) {
        SchemaComparison before = schemas.compare(database);
        if (!before.targetEmpty() && !before.isSame()) {
            return StepOutcome.failed("%s on the target is not the same as on the source: %s."
                    .formatted(database, Names.some(before.differences())));
        }
        if (!before.targetEmpty() && !schemas.isKept(database)) {
            return StepOutcome.done(
                    "%s has its schema on the target already; it was only compared.".formatted(database));
        }
        createDatabase(database, run);
        SchemaArchive archive = schemaCopy.dump(project.source().endpoint(), database, targetVersion());
        heldBack.keep(
                project.id(), database, archive); // before the restore: nothing else tells afterwards what is missing
        if (before.targetEmpty()) {
            schemaCopy.restore(archive, project.target().endpoint(), database);
        }
        return StepOutcome.done(
                "The schema of %s is on the target; %d indexes, constraints and triggers follow later.%s"
                        .formatted(database, archive.heldBackCount(), systemGrants(database)));
    }

    private String systemGrants(String database) {
        try (PostgresSession source = schemas.open(Side.SOURCE, database)) {
            List<String> granted = schemaCopy.systemGrants(source);
            return granted.isEmpty()
                    ? ""
                    : " Privileges on objects of the server itself are not copied; give them by hand on the target: "
                            + Names.some(granted) + ".";
        }
    }

    private PostgresVersion targetVersion() {
        try (PostgresSession target = schemas.open(Side.TARGET, CopySchema.MAINTENANCE)) {
            return target.version();
        }
    }

    private void createDatabase(String database, RunContext run) {
        try (PostgresSession source = schemas.open(Side.SOURCE, database);
                PostgresSession target = schemas.open(Side.TARGET, CopySchema.MAINTENANCE)) {
            if (!schemas.hasDatabase(target, database)) {
                run.remember(
                        "Creating database " + database + ".",
                        CREATED.of(database).of(true));
                schemaCopy.createDatabase(source, target);
            }
        }
    }

    private void dropDatabase(String database, RunContext run) {
        if (run.fact(CREATED.of(database)).isPresent()) {
            heldBack.forget(project.id(), database);
            try (PostgresSession target = schemas.open(Side.TARGET, CopySchema.MAINTENANCE)) {
                ports.servers().targetCleaning().dropDatabase(target, database);
            }
        } else if (schemas.isKept(database) && !isRestored(database)) {
            heldBack.forget(project.id(), database);
        }
    }

    private boolean isRestored(String database) {
        try (PostgresSession maintenance = schemas.open(Side.TARGET, CopySchema.MAINTENANCE)) {
            if (!schemas.hasDatabase(maintenance, database)) {
                return false;
            }
        }
        try (PostgresSession target = schemas.open(Side.TARGET, database)) {
            return schemaCopy.hasObjects(target);
        }
    }

    /** After everything was undone: the databases that keep what was restored into them, by this run or an earlier one. */
    List<String> left() {
        return project.databases().stream()
                .filter(database -> schemas.isKept(database))
                .toList();
    }

    private StepOutcome levelRoles() {
        try (PostgresSession source =
                        schemas.open(Side.SOURCE, project.databases().getFirst());
                PostgresSession target = schemas.open(Side.TARGET, CopySchema.MAINTENANCE)) {
            Levelled levelled = ports.servers().roleLevelling().level(source, target);
            List<String> sentences = new ArrayList<>();
            sentences.add(
                    levelled.levelled().isEmpty()
                            ? "No role had to be brought level."
                            : "Brought level with the source: " + Names.some(levelled.levelled()) + ".");
            if (!levelled.different().isEmpty()) {
                sentences.add("Still not as on the source, because it is a matter of power or the target refused it: "
                        + Names.some(levelled.different()) + ". Make these alike by hand where it matters.");
            }
            if (!levelled.passwordsCompared()) {
                sentences.add("Passwords of these roles were not compared, because our role may not read pg_authid on"
                        + " both sides.");
            }
            return StepOutcome.done(String.join(" ", sentences));
        }
    }

    private StepOutcome recordPhase() {
        heldBack.databases(project.id()).stream()
                .filter(database -> !project.databases().contains(database)) // the project has changed since
                .forEach(database -> heldBack.forget(project.id(), database));
        if (ports.projects().get(project.slug()).phase() != Phase.SCHEMA_COPIED) {
            ports.projects().transition(project.slug(), Phase.SCHEMA_COPIED, Side.SOURCE);
        }
        return StepOutcome.done("The schema is copied.");
    }

    private StepOutcome compareAll() {
        for (String database : project.databases()) {
            boolean partly = schemas.isKept(database);
            try (PostgresSession source = schemas.open(Side.SOURCE, database);
                    PostgresSession target = schemas.open(Side.TARGET, database)) {
                SchemaComparison comparison = schemaCopy.compare(source, target, partly);
                if (!comparison.isSame()) {
                    return StepOutcome.failed("After the copy, %s differs: %s."
                            .formatted(database, Names.some(comparison.differences())));
                }
            }
        }
        return StepOutcome.done("Both sides have the same schema.");
    }
}
