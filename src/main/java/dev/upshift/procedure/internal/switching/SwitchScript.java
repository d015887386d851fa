package dev.upshift.procedure.internal.switching;

import dev.upshift.procedure.internal.engine.Step;
import java.util.ArrayList;
import java.util.List;

/** {@code switch(from, to)}: the one sequence of steps behind cutover and rollback. */
final class SwitchScript extends HoldingScript {

    private final List<Step> steps;

    SwitchScript(Switch sw) {
        super(sw);
        EnteredSequences entered = new EnteredSequences(sw);
        LeftSequences sequences = new LeftSequences(sw);
        RightsLook rights = new RightsLook(sw);
        List<Step> all = new ArrayList<>(untilTheProof(sw, entered, sequences, rights));
        all.addAll(List.of(
                new SetSequences(sw, entered, sequences),
                new StopLink(sw),
                new NoteWayBack(sw),
                new PassPivot(sw, rights, entered, sequences),
                new MoveClients(sw),
                new RecordServingSide(sw),
                new ProveClients(sw),
                new NameStragglers(sw),
                new DropOldLink(sw),
                new StartWayBack(sw),
                new SeeWayBack(sw)));
        this.steps = List.copyOf(all);
    }

    /**
     * The steps up to the moment at which everything written on the side that is left is known to be on the other one,
     * in whatever table: all that a rehearsal has of a switch.
     */
    static List<Step> untilTheProof(Switch sw, EnteredSequences entered, LeftSequences sequences, RightsLook rights) {
        SeenLinks seen = new SeenLinks();
        RewrittenTables rewritten = new RewrittenTables(sw);
        return List.of(
                new OpenConnections(sw, rewritten),
                new ProbePoolers(sw),
                new StageConfiguration(sw),
                new PrepareWayBack(sw),
                new TryBarrier(sw, sequences),
                new PushSequencesAhead(sw, entered, sequences),
                new WaitForCalm(sw),
                new LookFirst(sw, seen, rights, rewritten),
                new PausePoolers(sw),
                new RaiseFence(sw),
                new DrainTransactions(sw),
                new AwaitBarrier(sw, entered, sequences),
                new LookAgain(sw, seen, rights, rewritten));
    }

    @Override
    public List<Step> steps() {
        return steps;
    }

    @Override
    public String success() {
        return "The %s serves %s.%s %s"
                .formatted(
                        sw.to().word(),
                        sw.databasesInWords(),
                        sw.watch()
                                .heldMillis()
                                .map(" Clients were held for %d ms."::formatted)
                                .orElse(""),
                        LostWayBack.inWords(sw));
    }
}
