package dev.upshift.switchover.internal.script;

import dev.upshift.engine.procedure.Step;
import dev.upshift.switchover.internal.look.RewrittenTables;
import dev.upshift.switchover.internal.look.RightsLook;
import dev.upshift.switchover.internal.look.SeenLinks;
import dev.upshift.switchover.internal.proof.ProbePoolers;
import dev.upshift.switchover.internal.proof.ProveClients;
import dev.upshift.switchover.internal.route.HoldingScript;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.sequence.EnteredSequences;
import dev.upshift.switchover.internal.sequence.LeftSequences;
import dev.upshift.switchover.internal.sequence.PushSequencesAhead;
import dev.upshift.switchover.internal.sequence.SetSequences;
import dev.upshift.switchover.internal.wayback.DropOldLink;
import dev.upshift.switchover.internal.wayback.LostWayBack;
import dev.upshift.switchover.internal.wayback.NoteWayBack;
import dev.upshift.switchover.internal.wayback.PrepareWayBack;
import dev.upshift.switchover.internal.wayback.SeeWayBack;
import dev.upshift.switchover.internal.wayback.StartWayBack;
import dev.upshift.switchover.internal.wayback.StopLink;
import dev.upshift.switchover.internal.window.AwaitBarrier;
import dev.upshift.switchover.internal.window.DrainTransactions;
import dev.upshift.switchover.internal.window.LookAgain;
import dev.upshift.switchover.internal.window.LookFirst;
import dev.upshift.switchover.internal.window.MoveClients;
import dev.upshift.switchover.internal.window.NameStragglers;
import dev.upshift.switchover.internal.window.OpenConnections;
import dev.upshift.switchover.internal.window.PassPivot;
import dev.upshift.switchover.internal.window.PausePoolers;
import dev.upshift.switchover.internal.window.RaiseFence;
import dev.upshift.switchover.internal.window.RecordServingSide;
import dev.upshift.switchover.internal.window.StageConfiguration;
import dev.upshift.switchover.internal.window.TryBarrier;
import dev.upshift.switchover.internal.window.WaitForCalm;
import java.util.ArrayList;
import java.util.List;

/** {@code switch(from, to)}: the one sequence of steps behind cutover and rollback. */
public final class SwitchScript extends HoldingScript {

    private final List<Step> steps;

    public SwitchScript(Switch sw) {
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
    public static List<Step> untilTheProof(
            Switch sw, EnteredSequences entered, LeftSequences sequences, RightsLook rights) {
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
