package dev.upshift.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.ApplicationTest;
import dev.upshift.engine.EngineGuard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** A page for each, which plans lead to. */
    private static final Path PAGES = Path.of("docs/checks");

    private static final Map<Severity, String> WORDS =
            Map.of(Severity.BLOCKER, "blocker", Severity.WARNING, "warning", Severity.INFO, "information");

    private static final Map<Moment, String> MOMENTS =
            Map.of(Moment.SAVE, "before a project is saved", Moment.PLAN, "plan", Moment.FENCE, "behind the fence");

    @Autowired
    private List<Checks> lists;

    @Test
    void hasANameAMomentAndARowInTheDocuments() throws IOException {
        String runbook = Files.readString(RUNBOOK);
        String installing = Files.readString(INSTALLING);
        List<Check<?>> checks = checks();

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

    /** What it looks at, why, how a person sees the same, and how it is mended. */
    @Test
    void hasAPage() throws IOException {
        String contents = page("README");
        Map<String, List<Check<?>>> asked = checks().stream().collect(Collectors.groupingBy(Check::id));
        Set<String> wanted = new TreeSet<>(asked.keySet());
        Stream.of(EngineGuard.values()).map(EngineGuard::id).forEach(wanted::add);

        assertThat(pages()).isEqualTo(wanted);
        assertThat(wanted).allSatisfy(id -> {
            assertThat(page(id))
                    .startsWith("# ")
                    .containsSubsequence("## What is looked at", "## Why", "## By hand", "## Mend");
            assertThat(contents).contains("[`" + id + "`](" + id + ".md)");
        });
        asked.forEach(CheckContractTests::saysWhatComesOfItAndWhenItIsAsked);
    }

    private static void saysWhatComesOfItAndWhenItIsAsked(String id, List<Check<?>> checks) {
        List<String> row = List.of(row(page(id), id).split(" *\\| *"));
        assertThat(row).as(id + ": severity, asked, can be accepted").hasSize(5);
        WORDS.forEach((severity, word) -> assertThat(row.get(2).contains(word))
                .as("%s is a %s: %s", id, word, row.get(2))
                .isEqualTo(checks.stream().anyMatch(check -> check.severity() == severity)));
        MOMENTS.forEach((moment, word) -> assertThat(row.get(3).contains(word))
                .as("%s is asked %s: %s", id, word, row.get(3))
                .isEqualTo(checks.stream().anyMatch(check -> check.moments().contains(moment))));
        boolean acceptable =
                checks.stream().anyMatch(check -> check.acceptance().isPresent());
        assertThat(row.get(4)).as(id + " can be accepted").matches(acceptable ? ".*`accepted`.*" : "no.*");
    }

    private static String page(String name) {
        try {
            return Files.readString(PAGES.resolve(name + ".md"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static String row(String page, String id) {
        return page.lines()
                .filter(line -> line.startsWith("| `" + id + "` |"))
                .findFirst()
                .orElse("");
    }

    private static Set<String> pages() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files.map(file -> file.getFileName().toString().replace(".md", ""))
                    .filter(name -> !name.equals("README"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private List<Check<?>> checks() {
        return lists.stream().<Check<?>>flatMap(list -> list.all().stream()).toList();
    }

    /** What nobody has seen to find anything on a real server may find nothing, ever. */
    @Test
    void hasATestOnRealServersThatMakesItFindSomethingAndLetPass() {
        Set<String> unproven = new TreeSet<>(ids());
        unproven.removeAll(proven());

        assertThat(unproven).as("not marked with @Proves").isEqualTo(NOT_TO_BE_SHOWN);
    }

    private List<String> ids() {
        return checks().stream().<String>map(Check::id).toList();
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
