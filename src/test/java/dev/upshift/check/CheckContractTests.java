package dev.upshift.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.ApplicationTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What every check has to bring along, whoever asks it. */
@ApplicationTest
class CheckContractTests {

    private static final Path RUNBOOK = Path.of("docs/operations/cutover.md");

    /** What is asked before a project is saved. */
    private static final Path INSTALLING = Path.of("docs/operations/install.md");

    @Autowired
    private List<Checks> lists;

    @Test
    void hasANameAMomentAndARowInTheDocuments() throws IOException {
        String runbook = Files.readString(RUNBOOK);
        String installing = Files.readString(INSTALLING);
        List<Check<?>> checks =
                lists.stream().<Check<?>>flatMap(list -> list.all().stream()).toList();

        assertThat(checks)
                .extracting(Check::id)
                .contains("wal-level", "target-empty", "not-carried", "project-overlap");
        assertThat(checks).allSatisfy(check -> {
            assertThat(check.id()).matches("[a-z]+(-[a-z]+)*");
            assertThat(check.moments()).isNotEmpty();
            if (check.moments().contains(Moment.SAVE)) {
                assertThat(installing).contains("`" + check.id() + "`");
            }
            if (check.moments().stream().anyMatch(moment -> moment != Moment.SAVE)) {
                assertThat(runbook).contains("`" + check.id() + "`");
            }
        });
    }

    /** A list that asked the same twice would tell it twice. */
    @Test
    void isAskedOnceByEachWhoAsks() {
        assertThat(lists)
                .allSatisfy(list -> assertThat(list.all()).extracting(Check::id).doesNotHaveDuplicates());
    }
}
