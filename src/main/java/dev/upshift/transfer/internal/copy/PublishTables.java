package dev.upshift.transfer.internal.copy;

import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.postgres.catalog.Catalog.TableFacts;
import dev.upshift.postgres.link.HelperSchema;
import dev.upshift.shared.TableName;
import java.util.ArrayList;
import java.util.List;

/** Makes the publications, and notes by what their tables are known. */
final class PublishTables extends ReplicateStep {

    private final FirstMarks marks;

    PublishTables(ForwardLinks links) {
        super(links, "publish", SHORTLY);
        this.marks = new FirstMarks(links);
    }

    @Override
    public String sentence() {
        return "Publish every table of the source by name.";
    }

    @Override
    public StepOutcome perform(RunContext run) {
        int count = 0;
        for (String database : links.databases()) {
            List<TableName> tables = published(database);
            links.onServers().publish(links.source(database), links.name(database), tables);
            marks.begin(database); // before anything is copied
            count += tables.size();
        }
        return StepOutcome.done(count + " tables are published, the sentinel included.");
    }

    private List<TableName> published(String database) {
        List<TableName> tables = new ArrayList<>();
        Replicate.replicated(links.ports().servers().catalog(), links.source(database), false).stream()
                .map(TableFacts::name)
                .forEach(tables::add);
        tables.add(HelperSchema.SENTINEL);
        return tables;
    }

    @Override
    public boolean hasUndo() {
        return true;
    }

    @Override
    public void undo(RunContext run) {
        links.databases().forEach(links::drop);
    }
}
