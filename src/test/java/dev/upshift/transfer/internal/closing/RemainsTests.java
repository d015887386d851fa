package dev.upshift.transfer.internal.closing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.Plan.LeftOut;
import dev.upshift.postgres.fence.Fence.FenceState;
import dev.upshift.project.ExampleProjects;
import dev.upshift.project.Phase;
import dev.upshift.project.Project;
import dev.upshift.records.MemoryFences;
import dev.upshift.shared.Side;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RemainsTests {

    private final Map<String, FenceState> raised = new TreeMap<>();

    @Test
    void namesWhatStaysAndHowItIsRemoved() {
        raised.put("source/shop", new FenceState(null, 20));

        LeftOut out = of(List.of("shop")).leftOut("Nothing accepts connections there.");

        assertThat(out.confirmation()).isEqualTo("shop without source");
        assertThat(out.question()).contains("The source at ", "Nothing accepts", "type “shop without source”");
        assertThat(out.left())
                .singleElement()
                .asString()
                .matches("in shop subscription upshift_shop_shop_\\w+_reverse, "
                        + "publication and slot upshift_shop_shop_\\w+_forward, schema upshift, the fence .*");
        assertThat(out.byHand())
                .singleElement()
                .satisfies(one -> assertThat(one.statements())
                        .contains("SET (slot_name = NONE); DROP SUBSCRIPTION upshift_shop_shop_")
                        .contains("DROP PUBLICATION IF EXISTS upshift_shop_shop_")
                        .contains("DROP SCHEMA IF EXISTS upshift CASCADE")
                        .doesNotContain("ALTER DATABASE"))
                .satisfies(one -> assertThat(one.lifting())
                        .isEqualTo("BEGIN READ WRITE; ALTER DATABASE \"shop\" RESET default_transaction_read_only;"
                                + " ALTER DATABASE \"shop\" CONNECTION LIMIT 20; COMMIT;"));
        assertThat(out.byHand()).allSatisfy(one -> {
            assertStatements(one.statements());
            assertStatements(one.lifting());
        });
        assertThat(out.afterwards()).contains("It is still fenced: clients that reach it can only read, in shop.");
    }

    @Test
    void saysThatNothingKeepsAnybodyFromWritingThere() {
        LeftOut out = of(List.of("shop")).leftOut("Gone.");

        assertThat(out.left()).noneMatch(left -> left.contains("fence"));
        assertThat(out.byHand()).allMatch(one -> one.lifting() == null);
        assertThat(out.afterwards()).contains("No fence of ours keeps anybody from writing there.");
    }

    @Test
    void anOutcomeTellsOfTheFirstDatabasesAndCountsTheRest() {
        List<String> many =
                IntStream.range(0, 40).mapToObj(number -> "db" + number).toList();
        many.forEach(database -> raised.put("source/" + database, new FenceState(null, -1)));

        Remains remains = of(many);

        assertThat(remains.lines().stream().filter(line -> line.startsWith("Left on the source: ")))
                .hasSize(40)
                .noneMatch(line -> line.contains("ALTER DATABASE"));
        assertThat(remains.lines().stream().filter(line -> line.startsWith("To lift the fence on db")))
                .hasSize(40);
        assertThat(remains.sentences())
                .contains("By hand, in db2: ")
                .contains("To lift the fence on db2 as well, by hand in another database: BEGIN READ WRITE; ")
                .doesNotContain("By hand, in db3: ", "the fence on db3")
                .contains("And in 37 more databases: the journal has all statements, at the step name-what-stays.")
                .contains("in db0, db1, db2 and 37 more.");
    }

    /** Nothing but statements: prose among them would be run. */
    private static void assertStatements(@Nullable String statements) {
        assertThat(statements).isNotNull().endsWith(";");
        assertThat(String.valueOf(statements).split("(?<=;) "))
                .allMatch(one -> one.matches("(BEGIN|COMMIT|ALTER|DROP|SELECT)\\b.*;"));
    }

    private Remains of(List<String> databases) {
        Project shop = ExampleProjects.shop(Phase.CUT_OVER, Side.TARGET);
        return new Remains(
                new Project(
                        shop.id(),
                        shop.slug(),
                        shop.name(),
                        shop.source(),
                        shop.target(),
                        databases,
                        shop.poolers(),
                        shop.settings(),
                        shop.phase(),
                        shop.servingSide(),
                        shop.revision(),
                        shop.createdAt(),
                        shop.phaseChangedAt()),
                Side.SOURCE,
                new MemoryFences(raised));
    }
}
