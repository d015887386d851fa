package dev.upshift.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.ApplicationTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.util.ClassUtils;

/** What every check has to bring along, whoever asks it. */
@ApplicationTest
class CheckContractTests {

    private static final Path RUNBOOK = Path.of("docs/operations/cutover.md");

    /** What is asked before a project is saved. */
    private static final Path INSTALLING = Path.of("docs/operations/install.md");

    /**
     * No server or pooler that tests can bring shows these: a PostgreSQL that is too new, and any PgBouncer but 1.18, which
     * does not tell its state. They are tried with answers made up.
     */
    private static final Set<String> NOT_TO_BE_SHOWN =
            Set.of("pooler-carried-parameters", "pooler-release", "pooler-state", "target-version");

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

    /** What nobody has seen to find anything on a real server may find nothing, ever. */
    @Test
    void hasATestOnRealServersThatMakesItFindSomethingAndLetPass() {
        Set<String> unproven = new TreeSet<>(ids());
        unproven.removeAll(proven());

        assertThat(unproven).as("not marked with @Proves").isEqualTo(NOT_TO_BE_SHOWN);
    }

    private List<String> ids() {
        return lists.stream()
                .flatMap(list -> list.all().stream())
                .<String>map(Check::id)
                .toList();
    }

    /** Of all test classes, also those that the test run leaves out. */
    private static Set<String> proven() {
        ClassPathScanningCandidateComponentProvider tests = new ClassPathScanningCandidateComponentProvider(false);
        tests.addIncludeFilter((test, all) -> test.getAnnotationMetadata().hasAnnotatedMethods(Proves.class.getName()));
        return tests.findCandidateComponents("dev.upshift").stream()
                .map(test -> ClassUtils.resolveClassName(String.valueOf(test.getBeanClassName()), null))
                .flatMap(test -> Arrays.stream(test.getDeclaredMethods()))
                .map(method -> method.getAnnotation(Proves.class))
                .filter(Objects::nonNull)
                .flatMap(proves -> Arrays.stream(proves.value()))
                .collect(Collectors.toSet());
    }

    /** A list that asked the same twice would tell it twice. */
    @Test
    void isAskedOnceByEachWhoAsks() {
        assertThat(lists)
                .allSatisfy(list -> assertThat(list.all()).extracting(Check::id).doesNotHaveDuplicates());
    }
}
