package dev.upshift.switchover.internal.check.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.check.CheckList;
import dev.upshift.engine.Plan.GuardResult;
import dev.upshift.engine.procedure.ExamplePorts;
import dev.upshift.postgres.schema.SchemaDrift;
import dev.upshift.postgres.schema.SchemaDrift.Difference;
import dev.upshift.postgres.schema.SchemaDrift.Effect;
import dev.upshift.project.Acceptance;
import dev.upshift.project.ExampleProjects;
import dev.upshift.shared.Side;
import dev.upshift.switchover.internal.route.Switch;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftedSchemasTests {

    private static final Difference INDEX = new Difference(
            Effect.STAYS,
            "index item_name",
            "index item_name is missing on the target",
            Optional.of("CREATE INDEX item_name ON item (name)"));

    private static final Difference COLUMN = new Difference(
            Effect.STOPS_REPLICATION,
            "column colour of item",
            "column colour of item is missing on the target",
            Optional.empty());

    private static final Difference PARTITION = new Difference(
            Effect.STOPS_WAY_BACK,
            "table item_1",
            "table item_1 is only on the target, which would stop the way back to the source",
            Optional.empty());

    private static final Difference USUAL = new Difference(
            Effect.USUAL,
            "version of extension hstore",
            "extension hstore is 1.7 on the source and 1.8 on the target",
            Optional.empty());

    @Test
    void equalSchemasAreFine() {
        assertThat(look(Side.SOURCE, List.of(), List.of())).matches(GuardResult::allowed);
    }

    @Test
    void whatDiffersBlocksWithItsRemedyUnlessItIsAccepted() {
        GuardResult blocked = look(Side.SOURCE, List.of(INDEX), List.of());
        assertThat(blocked.allowed()).isFalse();
        assertThat(blocked.reason()).contains("shop: index item_name", "On the target: CREATE INDEX");

        assertThat(look(Side.SOURCE, List.of(INDEX), List.of(Acceptance.SCHEMA_DRIFT)))
                .matches(GuardResult::allowed);
    }

    @Test
    void whatStopsReplicationIsNeverAcceptedInEitherDirection() {
        assertThat(look(Side.SOURCE, List.of(INDEX, COLUMN), List.of(Acceptance.SCHEMA_DRIFT))
                        .allowed())
                .isFalse();
        assertThat(look(Side.TARGET, List.of(COLUMN), List.of()).allowed()).isFalse();
    }

    /** Found out by nobody else before clients were moved. */
    @Test
    void whatWouldStopTheWayBackIsAcceptedOnlyOfGoingBack() {
        for (Side from : Side.values()) {
            assertThat(look(from, List.of(PARTITION), List.of())).matches(result -> !result.allowed());
        }
        assertThat(look(Side.SOURCE, List.of(PARTITION), List.of(Acceptance.SCHEMA_DRIFT)))
                .matches(result -> !result.allowed() && result.reason().contains("table item_1 is only on the target"));
        assertThat(look(Side.TARGET, List.of(PARTITION, INDEX), List.of(Acceptance.SCHEMA_DRIFT)))
                .matches(result -> result.allowed() && result.reason().contains("table item_1"));
    }

    @Test
    void goingBackDoesNotWaitForAnythingElse() {
        GuardResult told = look(Side.TARGET, List.of(INDEX), List.of());
        assertThat(told.allowed()).isTrue();
        assertThat(told.reason()).startsWith("Going back does not wait for what is different: shop: index item_name");
    }

    @Test
    void whatAnUpgradeBringsAlongIsOnlySaid() {
        GuardResult told = look(Side.SOURCE, List.of(USUAL), List.of());
        assertThat(told.allowed()).isTrue();
        assertThat(told.reason())
                .isEqualTo(
                        "Both sides have the same schema, roles and settings. Only said: shop: extension hstore is 1.7"
                                + " on the source and 1.8 on the target.");

        assertThat(look(Side.SOURCE, List.of(USUAL, INDEX), List.of()).reason())
                .contains("index item_name")
                .doesNotContain("hstore");
    }

    @Test
    void ofManySomeAreNamedAndTheRestIsCounted() {
        List<Difference> many = IntStream.range(0, 1_000)
                .mapToObj(number -> new Difference(
                        Effect.STAYS, "index i" + number, "index i" + number + " is missing", Optional.empty()))
                .toList();
        assertThat(look(Side.SOURCE, many, List.of()).reason())
                .contains("shop: index i0 is missing.", "shop: and 900 more differences.")
                .doesNotContain("index i999 ");
    }

    @Test
    void thatNobodyCouldLookBlocks() {
        assertThat(look(
                        (leader, leading, following, without) -> {
                            throw new IllegalStateException("The target is away.");
                        },
                        Side.SOURCE,
                        List.of(Acceptance.SCHEMA_DRIFT)))
                .matches(result -> !result.allowed() && result.reason().contains("The target is away."));
    }

    private static GuardResult look(Side from, List<Difference> differences, List<Acceptance> accepted) {
        return look((leader, leading, following, without) -> differences, from, accepted);
    }

    private static GuardResult look(SchemaDrift drift, Side from, List<Acceptance> accepted) {
        try (Switch sw = new Switch(ExampleProjects.accepting(accepted), from, ExamplePorts.of())) {
            return CheckList.<Switch>of(List.of(new DriftedSchemas(drift)))
                    .guards(sw)
                    .getFirst();
        }
    }
}
