package dev.upshift.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.pooler.PoolerConfiguration;
import dev.upshift.pooler.internal.configuration.IniTexts;
import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.postgres.link.LinkNames;
import dev.upshift.shared.Side;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks whether the world stands in one of the two permitted ways, and nothing of ours lies around. */
final class Outcome {

    private static final FenceState OPEN = new FenceState(null, -1);

    private final World world;
    private final Side serving;
    private final List<String> wrong = new ArrayList<>();

    private Outcome(World world, Side serving) {
        this.world = world;
        this.serving = serving;
    }

    /**
     * One side serves all clients and feeds the other one.
     *
     * @param otherIsFenced whether clients are kept from the other side
     */
    static void assertServes(World world, Side serving, boolean otherIsFenced, String how) {
        Outcome outcome = new Outcome(world, serving);
        outcome.poolers();
        outcome.fences(otherIsFenced);
        outcome.links();
        outcome.clientsAreServed();
        outcome.bothSidesAreEqual();
        outcome.wrong.addAll(world.ledger.violations);
        assertThat(outcome.wrong).as(how).isEmpty();
    }

    private void expect(boolean fine, String otherwise) {
        if (!fine) {
            wrong.add(otherwise);
        }
    }

    private void poolers() {
        String host = world.server(serving).endpoint.host();
        PoolerConfiguration wanted = IniTexts.of(Shop.configuration().replace("db-old", host));
        for (Pooler pooler : world.poolers) {
            expect(pooler.paused.isEmpty(), pooler.name() + " holds clients of " + pooler.paused);
            expect(pooler.staged == null, pooler.name() + " has a staged configuration");
            expect(pooler.file.hash().equals(wanted.hash()), pooler.name() + " has the file " + pooler.file.text());
            expect(
                    List.copyOf(pooler.entries.values()).equals(wanted.entries()),
                    pooler.name() + " runs with " + pooler.entries.values());
        }
    }

    private void fences(boolean otherIsFenced) {
        Set<String> remembered = new HashSet<>();
        for (String name : world.project().databases()) {
            Side other = serving.other();
            expect(
                    world.server(serving).database(name).fence.equals(OPEN),
                    name + " of the serving side: " + world.server(serving).database(name).fence);
            FenceState fence = world.server(other).database(name).fence;
            expect(fence.equals(otherIsFenced ? raised() : OPEN), name + " of the other side: " + fence);
            if (otherIsFenced) {
                remembered.add(other.word() + "/" + name);
            }
        }
        expect(world.raisedFences.keySet().equals(remembered), "remembered fences: " + world.raisedFences);
    }

    private FenceState raised() {
        return new FenceState("on", world.project().settings().hardFence() ? 0 : -1);
    }

    private void links() {
        Side other = serving.other();
        Set<String> wanted = new HashSet<>();
        for (String name : world.project().databases()) {
            String link = LinkNames.link("shop", name, serving.outbound());
            wanted.add(link);
            Database fed = world.server(other).database(name);
            Database feeding = world.server(serving).database(name);
            Subscription subscription = fed.subscriptions.get(link);
            expect(subscription != null && subscription.works(), link + " does not work");
            expect(fed.subscriptions.size() <= 1, "subscriptions " + fed.subscriptions.keySet());
            expect(feeding.publications.keySet().equals(Set.of(link)), "publications " + feeding.publications.keySet());
            expect(feeding.subscriptions.isEmpty(), "the serving side subscribes " + feeding.subscriptions.keySet());
            expect(fed.publications.isEmpty(), "the other side publishes " + fed.publications.keySet());
        }
        Set<String> slots = world.server(serving).slots.keySet();
        expect(slots.equals(wanted), "slots of the serving side: " + slots);
        expect(
                world.server(other).slots.isEmpty(),
                "slots of the other side: " + world.server(other).slots.keySet());
    }

    private void clientsAreServed() {
        for (int round = 0; round < 4; round++) {
            world.traffic.step();
        }
        for (String client : world.traffic.pooled()) {
            int before = world.ledger.count(client);
            for (int round = 0; round < 4; round++) {
                world.traffic.step();
            }
            expect(world.ledger.count(client) > before, client + " cannot write");
        }
    }

    private void bothSidesAreEqual() {
        world.traffic.beQuiet();
        for (int wait = 0; wait < 100 && !isCaughtUp(); wait++) {
            world.pass(java.time.Duration.ofSeconds(1));
        }
        for (String name : world.project().databases()) {
            Set<String> here = world.server(serving).database(name).tables.get(Shop.ORDERS);
            Set<String> there =
                    world.server(serving.other()).database(name).tables.get(Shop.ORDERS);
            Set<String> acknowledged = world.ledger.acknowledged(name);
            if (!here.containsAll(acknowledged)) {
                Set<String> lost = new HashSet<>(acknowledged);
                lost.removeAll(here);
                wrong.add(name + " has lost " + lost);
            }
            expect(here.equals(there), name + " differs: " + here.size() + " rows here, " + there.size() + " there");
        }
        world.traffic.goOn();
    }

    private boolean isCaughtUp() {
        Server feeding = world.server(serving);
        return feeding.slots.values().stream().allMatch(slot -> slot.confirmed >= feeding.end());
    }
}
