package dev.upshift.switchover.internal.proof;

import dev.upshift.check.Finding;
import dev.upshift.engine.Plan.Part;
import dev.upshift.engine.procedure.Reasons;
import dev.upshift.engine.procedure.RunContext;
import dev.upshift.engine.procedure.SessionPool.Role;
import dev.upshift.engine.procedure.StepOutcome;
import dev.upshift.pooler.PoolerClients.ServerBehind;
import dev.upshift.pooler.PoolerUnreachable;
import dev.upshift.postgres.session.PostgresUnreachable;
import dev.upshift.shared.PoolerAddress;
import dev.upshift.switchover.internal.check.fence.AcceptsWrites;
import dev.upshift.switchover.internal.route.Switch;
import dev.upshift.switchover.internal.route.SwitchStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.dao.DataAccessException;

/** The console says what it will do, not what it did: goes through every pooler as a client does. */
public final class ProveClients extends SwitchStep {

    private static final Duration LOGIN = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofMillis(500);

    public ProveClients(Switch sw) {
        super(sw, "prove-clients", Part.AFTER, Duration.ofMinutes(2));
    }

    @Override
    public String sentence() {
        return "Prove through %s that clients reach the %s and can write. "
                        .formatted(sw.poolersInWords(), sw.to().word())
                + ClientLogins.inWords(sw.project().poolers());
    }

    @Override
    protected StepOutcome act(RunContext run) {
        long expected = sw.pool()
                .reliably(
                        sw.to(),
                        sw.databases().getFirst(),
                        Role.WORK,
                        sw.servers().catalog()::server)
                .systemIdentifier();
        List<String> wrong = new ArrayList<>();
        List<String> unproven = new ArrayList<>();
        sw.poolers().fleet().entries().forEach((name, entries) -> {
            PoolerAddress pooler = pooler(name);
            if (new ProvableLogin(sw, pooler).isProvable()) {
                entries.forEach(entry -> look(pooler, entry.name(), expected, wrong));
            } else {
                unproven.add(name);
            }
        });
        String unseen = lookAtRoles(wrong);
        if (!wrong.isEmpty()) {
            return StepOutcome.retry(String.join(" ", wrong), AGAIN);
        }
        return StepOutcome.done((unproven.isEmpty()
                        ? "Clients reach the " + sw.to().word() + " through every pooler."
                        : "Not proven that clients reach the %s through %s: the console's user is no role there."
                                .formatted(sw.to().word(), String.join(" and ", unproven)))
                + unseen);
    }

    /**
     * What clients may do was looked at before the point of no return, and whoever goes through a pooler here may be no
     * client: somebody may have made their role read-only since.
     *
     * @return a sentence where nobody can tell, because the side that was left is gone by now
     */
    private String lookAtRoles(List<String> wrong) {
        try {
            wrong.addAll(Finding.sentences(AcceptsWrites.readOnlyRoles(sw, Role.WORK)));
            return "";
        } catch (PostgresUnreachable | DataAccessException gone) {
            return " Not looked at whether a role may only read there: " + Reasons.of(gone);
        }
    }

    private void look(PoolerAddress pooler, String entry, long expected, List<String> wrong) {
        try {
            ServerBehind behind = sw.ports().poolers().clients().look(pooler, entry, LOGIN);
            if (behind.systemIdentifier() != expected) {
                wrong.add("Entry %s of %s leads to another cluster.".formatted(entry, pooler.name()));
            } else if (behind.readOnly()) {
                wrong.add("Through %s of %s, sessions may not write.".formatted(entry, pooler.name()));
            }
        } catch (PoolerUnreachable e) {
            wrong.add(String.valueOf(e.getMessage()));
        }
    }

    private PoolerAddress pooler(String name) {
        return sw.project().poolers().stream()
                .filter(pooler -> pooler.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
