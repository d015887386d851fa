package dev.upshift.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.ProcedureName;
import dev.upshift.engine.RunStatus;
import dev.upshift.engine.procedure.Script;
import dev.upshift.matrix.BrokenCall.How;
import dev.upshift.postgres.link.LinkNames;
import dev.upshift.project.Phase;
import dev.upshift.records.KnownSubscriber;
import dev.upshift.shared.Side;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every moment of the procedures that prepare an upgrade or end it: whatever happens, the run ends where its sentences
 * say, undone means as it was found, and it can be repeated until it is complete. Clients never notice.
 */
@ExtendWith(Quietly.class)
class OtherProceduresMatrixTests {

    /** After each first death so much of the recovery is tried for a second one, after the next another part. */
    private static final int SHARE = 8;

    @ParameterizedTest
    @EnumSource
    void everyStepOfTheScriptIsGoneThrough(Scenario scenario) {
        Upgrade upgrade = scenario.begin();
        upgrade.run(scenario.procedure, Trouble.NONE);

        scenario.assertComplete(upgrade, "nothing happens");
        try (Script script = upgrade.script(scenario.begin().world.project())) {
            script.steps().forEach(step -> assertThat(upgrade.bench().journal()).contains(step.name() + " SUCCEEDED"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeathAtAnyMoment(Scenario scenario) {
        List<String> moments = scenario.calm().moments;
        Cases.all(moments.size(), moment -> Upgrade.lasts(moments.get(moment)), moment -> {
            Upgrade upgrade = scenario.begin();
            upgrade.run(scenario.procedure, Deaths.at(moment));
            upgrade.recover();
            scenario.assertDefined(upgrade, "death " + moments.get(moment));
        });
    }

    @ParameterizedTest
    @EnumSource
    void aSecondDeathAtAnyMomentOfTheRecovery(Scenario scenario) {
        List<String> moments = scenario.calm().moments;
        Cases.all(moments.size(), first -> Upgrade.lasts(moments.get(first)), first -> {
            Upgrade once = scenario.begin();
            once.run(scenario.procedure, Deaths.at(first));
            List<String> recovery = once.momentsOfRecovery();
            for (int second = first % SHARE; second < recovery.size(); second += SHARE) {
                Upgrade upgrade = scenario.begin();
                upgrade.run(scenario.procedure, Deaths.at(first, second));
                upgrade.recover();
                scenario.assertDefined(upgrade, "deaths %s and %s".formatted(moments.get(first), recovery.get(second)));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void anyCallThatFailsOnce(Scenario scenario) {
        callsFail(scenario, How.ONCE, false);
    }

    @ParameterizedTest
    @EnumSource
    void anyCallThatLosesItsAnswer(Scenario scenario) {
        callsFail(scenario, How.ANSWER_LOST, false);
    }

    @ParameterizedTest
    @EnumSource
    void anyCallThatFailsForEver(Scenario scenario) {
        callsFail(scenario, How.FOR_EVER, false);
    }

    /** What waits for a person may be given up as well as continued. */
    @ParameterizedTest
    @EnumSource(names = "REPLICATE")
    void anyCallThatFailsForEverUntilSomebodyAborts(Scenario scenario) {
        callsFail(scenario, How.FOR_EVER, true);
    }

    private static void callsFail(Scenario scenario, How how, boolean givenUp) {
        List<String> calls = scenario.calm().calls;
        Cases.all(calls.size(), call -> true, call -> {
            Upgrade upgrade = scenario.begin();
            upgrade.run(scenario.procedure, new BrokenCall(call, how));
            boolean blocked = upgrade.run().status() == RunStatus.BLOCKED;
            upgrade.heal();
            if (blocked) {
                assertThat(upgrade.run().outcome()).contains("continue the run");
                if (givenUp) {
                    upgrade.bench().abortBlocked();
                }
                upgrade.takeUp();
            }
            scenario.assertDefined(upgrade, "%s: call %d, %s".formatted(how, call, calls.get(call)));
        });
    }

    /** It was ENABLE ALWAYS when the schema was copied, and no guard sees what is held back. */
    @Test
    void aTriggerThatIsBuiltAndFiresForWhatIsAppliedKeepsTheLinkAtRest() {
        Upgrade upgrade = Scenario.REPLICATE.begin();
        List<String> moments = Scenario.REPLICATE.calm().moments;
        int building = moments.indexOf(moments.stream()
                .filter(moment -> moment.startsWith("within buildHeldBack"))
                .findFirst()
                .orElseThrow());
        Database billing = upgrade.world.target.database("billing");
        upgrade.run(
                ProcedureName.REPLICATE,
                new Happening(building, plane -> billing.replicaTriggers.add("audit on public.stock")));

        String how = upgrade.explain("a trigger was built");
        assertThat(upgrade.run().status()).as(how).isEqualTo(RunStatus.BLOCKED);
        assertThat(upgrade.run().outcome())
                .as(how)
                .contains("billing on the target: audit on public.stock", "Replication rests there");
        assertThat(billing.subscriptions.values()).noneMatch(subscription -> subscription.enabled);
        assertThat(upgrade.world.heldBack).containsKey("billing");

        upgrade.takeUp();
        assertThat(upgrade.run().status()).as("nobody has changed it").isEqualTo(RunStatus.BLOCKED);
        assertThat(billing.subscriptions.values()).noneMatch(subscription -> subscription.enabled);

        billing.replicaTriggers.clear();
        upgrade.takeUp();
        Scenario.REPLICATE.assertComplete(upgrade, how);
        assertThat(billing.subscriptions.values()).allMatch(subscription -> subscription.enabled);
    }

    @ParameterizedTest
    @EnumSource
    void anyWriteOfTheJournalThatIsRefusedOrWhoseAnswerIsLost(Scenario scenario) {
        int writes = (int) scenario.calm().moments.stream()
                .filter(moment -> moment.startsWith("before journal"))
                .count();
        Cases.all(writes, write -> true, write -> {
            Upgrade refused = scenario.begin();
            refused.refuse(write);
            refused.run(scenario.procedure, Trouble.NONE);
            refused.continueIfBlocked();
            scenario.assertDefined(refused, "write " + write + " is refused");

            Upgrade lost = scenario.begin();
            lost.loseAnswer(write);
            lost.run(scenario.procedure, Trouble.NONE);
            lost.continueIfBlocked();
            scenario.assertDefined(lost, "the answer to write " + write + " is lost");
        });
    }

    /** Between the plan and the first step: what was confirmed is not so any more. */
    @Test
    void nothingIsDoneWithoutASideThatIsThereAgain() {
        Upgrade upgrade = Scenario.FINISH_WITHOUT_THE_SOURCE.begin();
        upgrade.world.source.appear();
        Set<String> before = upgrade.world.leftOfOurs();

        upgrade.run(ProcedureName.FINISH, Trouble.NONE);

        String how = upgrade.explain("the source is back");
        assertThat(upgrade.run().status()).as(how).isEqualTo(RunStatus.ABORTED);
        assertThat(upgrade.run().outcome()).as(how).contains("The source answers again, so nothing was done");
        assertThat(upgrade.world.leftOfOurs()).as(how).isEqualTo(before);

        upgrade.without = null;
        upgrade.run(ProcedureName.FINISH, Trouble.NONE);
        assertThat(upgrade.run().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    /** Once it has begun, what was confirmed is done: the side that is back keeps what the outcome names. */
    @Test
    void aSideThatComesBackInTheMiddleIsLeftAsItIs() {
        Scenario scenario = Scenario.ABANDON_REPLICATION_WITHOUT_THE_TARGET;
        List<String> moments = scenario.calm().moments;
        int dropped = moments.indexOf(moments.stream()
                .filter(moment -> moment.startsWith("after Links.dropSlot"))
                .findFirst()
                .orElseThrow());
        Upgrade upgrade = scenario.begin();

        upgrade.run(ProcedureName.ABANDON, new Happening(dropped, plane -> upgrade.world.target.appear()));

        scenario.assertComplete(upgrade, "the target is back");
        assertThat(upgrade.world.leftOfOurs(List.of(upgrade.world.target)))
                .anyMatch(left -> left.startsWith("subscription"));
        assertThat(upgrade.run().outcome()).contains("DROP SUBSCRIPTION upshift_shop_shop_");
    }

    /** The run was confirmed for both; another one is needed to go on without one of them. */
    @Test
    void aSideThatGoesAwayInTheMiddleBlocksUntilSomebodySaysThatItIsGone() {
        Scenario scenario = Scenario.FINISH;
        List<String> moments = scenario.calm().moments;
        int dropped = moments.indexOf(moments.stream()
                .filter(moment -> moment.startsWith("after Links.dropSubscription"))
                .findFirst()
                .orElseThrow());
        Upgrade upgrade = scenario.begin();

        upgrade.run(ProcedureName.FINISH, new Happening(dropped, plane -> upgrade.world.source.vanish()));

        String how = upgrade.explain("the source vanished");
        assertThat(upgrade.run().status()).as(how).isEqualTo(RunStatus.BLOCKED);
        assertThat(upgrade.run().outcome())
                .as(how)
                .contains("If the source is gone for good, abort this run and start another");
        upgrade.bench().abortBlocked();
        upgrade.takeUp();
        assertThat(upgrade.run().status()).as(how).isEqualTo(RunStatus.ABORTED);

        upgrade.without = Side.SOURCE;
        upgrade.run(ProcedureName.FINISH, Trouble.NONE);
        assertThat(upgrade.run().status()).as(upgrade.explain(how)).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(upgrade.world.leftOfOurs(List.of(upgrade.world.target))).isEmpty();
        assertThat(upgrade.world.project().phase()).isEqualTo(Phase.FINISHED);
    }

    /** The subscription was dropped and made again by hand, or its cluster was upgraded, and nobody has looked since. */
    @Test
    void aCopyOfASubscriberThatIsNotTheOneThatWasKnownIsNamed() {
        Upgrade upgrade = Scenario.ABANDON_REPLICATION_WITHOUT_THE_TARGET.begin();
        World world = upgrade.world;
        world.knownSubscribers.replaceAll((link, known) ->
                new KnownSubscriber(known.subscription() + 1_000, known.systemIdentifier(), known.database()));
        List<String> copies = world.source.slots.keySet().stream()
                .filter(KnownSubscriber::isOfACopy)
                .toList();

        upgrade.run(ProcedureName.ABANDON, Trouble.NONE);

        assertThat(copies).hasSizeGreaterThan(1);
        assertThat(upgrade.run().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(upgrade.run().outcome()).contains(copies);
    }

    /** Before a cutover, every link is looked at: that is the time to see who subscribes now. */
    @Test
    void aSubscriberThatWasMadeAgainIsKnownAfterALook() {
        Upgrade upgrade = Scenario.ABANDON_REPLICATION.begin();
        World world = upgrade.world;
        Map<String, KnownSubscriber> subscribers = Map.copyOf(world.knownSubscribers);
        world.knownSubscribers.replaceAll((link, known) ->
                new KnownSubscriber(known.subscription() + 1_000, known.systemIdentifier() + 1, known.database()));

        upgrade.run(ProcedureName.REHEARSE, Trouble.NONE);

        assertThat(upgrade.run().status()).as(upgrade.explain("rehearsed")).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(subscribers).isNotEmpty();
        assertThat(world.knownSubscribers).containsExactlyInAnyOrderEntriesOf(subscribers);
    }

    /** Nothing of ours can be left in it, so it keeps nobody from ending the project. */
    @ParameterizedTest
    @EnumSource(names = {"FINISH", "ABANDON_REPLICATION", "ABANDON_AFTER_ROLLBACK"})
    void aDatabaseThatWasDroppedOnTheSideThatDoesNotServeCountsAsCleaned(Scenario scenario) {
        Upgrade upgrade = scenario.begin();
        World world = upgrade.world;
        Server serving = world.server(world.project().servingSide());
        Server idle = world.server(world.project().servingSide().other());
        idle.databases.remove("billing");
        idle.slots.values().removeIf(slot -> slot.database.equals("billing"));
        serving.slots.put(Scenario.OTHERS, new Slot(Scenario.OTHERS, "billing", serving.end()));

        assertThat(upgrade.examine(scenario.procedure))
                .satisfies(seen -> assertThat(seen.leftOut()).isEmpty())
                .satisfies(seen -> assertThat(seen.guards()).allMatch(GuardResult::allowed))
                .satisfies(seen -> assertThat(seen.guards())
                        .anyMatch(guard -> guard.reason().endsWith("can be left in it: billing.")));
        upgrade.run(scenario.procedure, Trouble.NONE);

        String how = upgrade.explain("billing was dropped");
        assertThat(upgrade.run().status()).as(how).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(world.leftOfOurs()).as(how).containsExactly("slot " + Scenario.OTHERS);
        assertThat(upgrade.run().outcome()).as(how).contains("so they stay: " + Scenario.OTHERS + ".");
        assertThat(world.raisedFences.keySet())
                .as(how)
                .noneMatch(key -> scenario.procedure == ProcedureName.ABANDON && key.contains("billing"));
    }

    /** What is ours is in it still, under a name that nobody was told. */
    @ParameterizedTest
    @EnumSource(names = {"FINISH", "ABANDON_REPLICATION", "ABANDON_AFTER_ROLLBACK"})
    void aDatabaseThatHasAnotherNameNowWasNotDropped(Scenario scenario) {
        Upgrade upgrade = scenario.begin();
        World world = upgrade.world;
        Server idle = world.server(world.project().servingSide().other());
        Set<String> before = world.leftOfOurs();
        idle.rename("billing", "billing_old");
        idle.databases.put("billing", new Database("another"));

        assertThat(upgrade.examine(scenario.procedure))
                .satisfies(seen -> assertThat(seen.leftOut()).isEmpty())
                .satisfies(seen -> assertThat(seen.guards())
                        .filteredOn(guard -> !guard.allowed())
                        .singleElement()
                        .satisfies(guard -> assertThat(guard.reason())
                                .contains("billing (now billing_old)")
                                .contains("ALTER DATABASE \"billing_old\" RENAME TO \"billing\";")));
        upgrade.run(scenario.procedure, Trouble.NONE);

        String how = upgrade.explain("billing was renamed");
        assertThat(upgrade.run().status()).as(how).isEqualTo(RunStatus.BLOCKED);
        assertThat(upgrade.run().outcome()).as(how).contains("billing (now billing_old)", "continue the run");
        idle.rename("billing_old", "billing");
        assertThat(world.leftOfOurs()).as(how).isEqualTo(before);

        upgrade.takeUp();
        scenario.assertComplete(upgrade, how);
    }

    /** Nobody gets in, and yet the side is not gone: what was confirmed is not so. */
    @Test
    void aSideWhoseDatabasesHaveOtherNamesIsNotGone() {
        Upgrade upgrade = Scenario.FINISH.begin();
        List<String> databases = upgrade.world.project().databases();
        databases.forEach(name -> upgrade.world.source.rename(name, name + "_old"));

        assertThat(upgrade.examine(ProcedureName.FINISH))
                .satisfies(seen -> assertThat(seen.leftOut()).isEmpty())
                .satisfies(seen -> assertThat(seen.guards()).anyMatch(guard -> !guard.allowed()));
        upgrade.without = Side.SOURCE;
        upgrade.run(ProcedureName.FINISH, Trouble.NONE);

        String how = upgrade.explain("renamed");
        assertThat(upgrade.run().status()).as(how).isEqualTo(RunStatus.ABORTED);
        assertThat(upgrade.run().outcome()).as(how).contains("Nothing was done.", "shop (now shop_old)");

        databases.forEach(name -> upgrade.world.source.rename(name + "_old", name));
        upgrade.without = null;
        upgrade.run(ProcedureName.FINISH, Trouble.NONE);
        Scenario.FINISH.assertComplete(upgrade, how);
    }

    /** The procedures, each from where it may begin. */
    @SuppressWarnings("ImmutableEnumChecker") // nobody changes the array
    enum Scenario {
        COPY_SCHEMA(ProcedureName.COPY_SCHEMA),
        COPY_SCHEMA_INTO_EXISTING(ProcedureName.COPY_SCHEMA) {
            @Override
            Upgrade begin() {
                Upgrade upgrade = super.begin();
                upgrade.world
                        .project()
                        .databases()
                        .forEach(name -> upgrade.world.target.databases.put(name, new Database(name)));
                return upgrade;
            }
        },
        REPLICATE(ProcedureName.REPLICATE, ProcedureName.COPY_SCHEMA),
        FINISH(ProcedureName.FINISH, ProcedureName.COPY_SCHEMA, ProcedureName.REPLICATE, ProcedureName.CUTOVER),
        ABANDON_A_DRAFT(ProcedureName.ABANDON),
        ABANDON_A_COPY(ProcedureName.ABANDON, ProcedureName.COPY_SCHEMA),
        ABANDON_REPLICATION(ProcedureName.ABANDON, ProcedureName.COPY_SCHEMA, ProcedureName.REPLICATE),
        ABANDON_AFTER_ROLLBACK(
                ProcedureName.ABANDON,
                ProcedureName.COPY_SCHEMA,
                ProcedureName.REPLICATE,
                ProcedureName.CUTOVER,
                ProcedureName.ROLLBACK),
        FINISH_WITHOUT_THE_SOURCE(
                ProcedureName.FINISH, ProcedureName.COPY_SCHEMA, ProcedureName.REPLICATE, ProcedureName.CUTOVER) {
            @Override
            Upgrade begin() {
                return without(super.begin(), Side.SOURCE);
            }
        },
        ABANDON_A_COPY_WITHOUT_THE_TARGET(ProcedureName.ABANDON, ProcedureName.COPY_SCHEMA) {
            @Override
            Upgrade begin() {
                return without(super.begin(), Side.TARGET);
            }
        },
        ABANDON_REPLICATION_WITHOUT_THE_TARGET(
                ProcedureName.ABANDON, ProcedureName.COPY_SCHEMA, ProcedureName.REPLICATE) {
            @Override
            Upgrade begin() {
                return without(super.begin(), Side.TARGET);
            }
        },
        ABANDON_AFTER_ROLLBACK_WITHOUT_THE_TARGET(
                ProcedureName.ABANDON,
                ProcedureName.COPY_SCHEMA,
                ProcedureName.REPLICATE,
                ProcedureName.CUTOVER,
                ProcedureName.ROLLBACK) {
            @Override
            Upgrade begin() {
                return without(super.begin(), Side.TARGET);
            }
        };

        /** Of somebody who copies from the same databases. */
        private static final String OTHERS = "pg_4711_sync_16385_7000000000000004711";

        final ProcedureName procedure;
        private final ProcedureName[] before;

        Scenario(ProcedureName procedure, ProcedureName... before) {
            this.procedure = procedure;
            this.before = before;
        }

        Upgrade begin() {
            Upgrade upgrade = new Upgrade(false);
            upgrade.world.traffic.step();
            upgrade.world.traffic.step();
            return upgrade.after(before);
        }

        /** The side is gone for good, in the middle of copying a table, and somebody has said so. */
        private static Upgrade without(Upgrade upgrade, Side gone) {
            World world = upgrade.world;
            Server serving = world.server(gone.other());
            world.project().databases().forEach(database -> {
                KnownSubscriber subscriber = world.knownSubscribers.get(LinkNames.link(
                        world.project().slug(), database, gone.other().outbound()));
                if (subscriber != null) {
                    String copy =
                            "pg_%d_sync_16385_%d".formatted(subscriber.subscription(), subscriber.systemIdentifier());
                    serving.slots.put(copy, new Slot(copy, database, serving.end()));
                }
            });
            serving.slots.put(OTHERS, new Slot(OTHERS, "shop", serving.end()));
            world.server(gone).vanish();
            upgrade.without = gone;
            return upgrade;
        }

        ControlPlane.Count calm() {
            Upgrade upgrade = begin();
            upgrade.run(procedure, Trouble.NONE);
            return upgrade.count();
        }

        /** Complete, or as it was found and then completed by the next attempt. */
        void assertDefined(Upgrade upgrade, String how) {
            if (upgrade.run().status() == RunStatus.ABORTED) {
                assertAsFound(upgrade, upgrade.explain(how));
                upgrade.run(procedure, Trouble.NONE);
                assertComplete(upgrade, "again after " + how);
            } else {
                assertComplete(upgrade, how);
            }
        }

        private void assertAsFound(Upgrade upgrade, String how) {
            World world = upgrade.world;
            World found = begin().world;
            assertThat(world.project().phase())
                    .as(how)
                    .isEqualTo(found.project().phase());
            assertThat(world.leftOfOurs()).as(how).isEqualTo(found.leftOfOurs());
            assertThat(world.target.databases.keySet()).as(how).isEqualTo(found.target.databases.keySet());
            if (procedure == ProcedureName.COPY_SCHEMA) {
                assertWhatStaysIsKnown(upgrade, how);
            }
            if (procedure != ProcedureName.COPY_SCHEMA || world.heldBack.isEmpty()) {
                assertThat(world.target.roles).as(how).isEqualTo(found.target.roles);
            }
            // what was built stays built, and is not held back any more
            assertThat(found.heldBack.keySet())
                    .as(how)
                    .allMatch(name -> world.heldBack.containsKey(name)
                            || world.target.database(name).heldBackObjects.containsAll(Shop.HELD_BACK));
            if (procedure == ProcedureName.REPLICATE) {
                world.target
                        .databases
                        .values()
                        .forEach(database ->
                                assertThat(database.tables.values()).as(how).allMatch(Set::isEmpty));
            }
            assertClientsAreFine(world, how);
        }

        /** A database that was there before keeps what was restored, and then the run says so and the archive is kept. */
        private static void assertWhatStaysIsKnown(Upgrade upgrade, String how) {
            World world = upgrade.world;
            List<String> filled = world.project().databases().stream()
                    .filter(world.target.databases::containsKey)
                    .filter(name -> !world.target.database(name).isEmpty())
                    .toList();
            assertThat(world.heldBack.keySet()).as(how).containsExactlyInAnyOrderElementsOf(filled);
            if (!filled.isEmpty()) {
                assertThat(upgrade.run().outcome())
                        .as(how)
                        .contains(String.join(", ", filled) + " on the target stays");
            }
        }

        void assertComplete(Upgrade upgrade, String how) {
            String explained = upgrade.explain(how);
            World world = upgrade.world;
            assertThat(upgrade.run().status()).as(explained).isEqualTo(RunStatus.SUCCEEDED);
            switch (procedure) {
                case COPY_SCHEMA -> assertSchemaCopied(world, explained);
                case REPLICATE -> {
                    Outcome.assertServes(world, Side.SOURCE, false, explained);
                    assertThat(world.heldBack).as(explained).isEmpty();
                    world.project().databases().stream()
                            .map(world.target::database)
                            .forEach(database -> assertThat(database.heldBackObjects)
                                    .as(explained)
                                    .containsExactlyInAnyOrderElementsOf(Shop.HELD_BACK));
                    assertThat(world.project().phase()).as(explained).isEqualTo(Phase.REPLICATING);
                }
                case FINISH, ABANDON -> {
                    Side gone = upgrade.without;
                    if (gone == null) {
                        assertThat(world.leftOfOurs()).as(explained).isEmpty();
                    } else {
                        assertThat(world.leftOfOurs(List.of(world.server(gone.other()))))
                                .as(explained)
                                .containsExactly("slot " + OTHERS);
                        assertThat(upgrade.run().outcome())
                                .as(explained)
                                .contains("The " + gone.word() + " at ", "DROP SCHEMA IF EXISTS upshift CASCADE")
                                .contains("whose they are is not known, so they stay: " + OTHERS + ".");
                    }
                    assertThat(world.heldBack).as(explained).isEmpty();
                    assertThat(world.project().phase().isFinal()).as(explained).isTrue();
                    assertFencesAreAsSaid(upgrade, explained);
                }
                case VERIFY, REHEARSE, CUTOVER, ROLLBACK -> throw new IllegalStateException("not here");
            }
            assertClientsAreFine(world, explained);
        }

        /** Only the side that a finished upgrade has left stays fenced, and the outcome tells how that is lifted. */
        private void assertFencesAreAsSaid(Upgrade upgrade, String how) {
            World world = upgrade.world;
            boolean finished = procedure == ProcedureName.FINISH;
            world.project().databases().forEach(name -> {
                assertThat(world.source.database(name).fence.isOpen()).as(how).isEqualTo(!finished);
                if (world.target.databases.containsKey(name) && upgrade.without != Side.TARGET) {
                    assertThat(world.target.database(name).fence.isOpen())
                            .as(how)
                            .isTrue();
                }
            });
            boolean rolledBack = Arrays.asList(before).contains(ProcedureName.ROLLBACK);
            assertThat(world.raisedFences.isEmpty())
                    .as(how)
                    .isEqualTo(!finished && !(rolledBack && upgrade.without == Side.TARGET));
            if (finished) {
                assertThat(upgrade.run().outcome())
                        .as(how)
                        .contains("ALTER DATABASE \"shop\" RESET default_transaction_read_only")
                        .contains("ALTER DATABASE \"billing\" CONNECTION LIMIT -1");
            }
        }

        private static void assertSchemaCopied(World world, String how) {
            assertThat(world.project().phase()).as(how).isEqualTo(Phase.SCHEMA_COPIED);
            assertThat(world.target.roles).as(how).isEqualTo(world.source.roles);
            world.project().databases().forEach(name -> {
                assertThat(world.target.database(name).tables.keySet())
                        .as(how)
                        .isEqualTo(world.source.database(name).tables.keySet());
                assertThat(world.heldBack).as(how).containsKey(name);
            });
        }

        private static void assertClientsAreFine(World world, String how) {
            assertThat(world.poolers).as(how).allMatch(pooler -> pooler.paused.isEmpty() && pooler.staged == null);
            assertThat(world.ledger.violations).as(how).isEmpty();
        }
    }
}
