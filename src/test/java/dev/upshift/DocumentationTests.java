package dev.upshift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upshift.engine.EngineGuard;
import dev.upshift.project.Acceptance;
import dev.upshift.project.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the documents true where a machine can tell: links lead somewhere, and what operators meet is explained. */
class DocumentationTests {

    private static final Path SETTINGS = Path.of("docs/operations/install.md");
    private static final Path RUNBOOK = Path.of("docs/operations/cutover.md");

    /** Link, not image: the pictures are made apart from the text. The target is in group 1, its heading in group 2. */
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*]\\(([^)#\\s]*)(?:#([^)\\s]+))?\\)");

    private static final Pattern FENCED_CODE = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern TABLE_HEAD = Pattern.compile("(?m)^(\\|.*\\|)\\s*\\n\\|[\\s:|-]+\\|\\s*$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");

    @Test
    void relativeLinksLeadSomewhere() {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            for (MatchResult link : matches(LINK, prose(document))) {
                if (!link.group(1).contains(":") && !leadsSomewhere(document, link.group(1), link.group(2))) {
                    broken.add(document + ": " + link.group());
                }
            }
        }
        assertThat(documents()).hasSizeGreaterThan(10);
        assertThat(broken).isEmpty();
    }

    /** Whoever hears a table is told the name of each column. */
    @Test
    void everyColumnOfATableHasAName() {
        List<String> nameless = documents().stream()
                .flatMap(document -> matches(TABLE_HEAD, prose(document)).stream()
                        .map(head -> head.group(1))
                        .filter(head -> head.matches(".*\\|\\s*\\|.*"))
                        .map(head -> document + ": " + head))
                .toList();

        assertThat(nameless).isEmpty();
    }

    /** Those that are checks are looked after by {@code CheckContractTests}. */
    @Test
    void everyGuardOfTheEngineIsInTheRunbook() {
        assertThat(undocumented(
                        Stream.of(EngineGuard.values()).map(EngineGuard::id).collect(Collectors.toSet())))
                .as("guards without a row in " + RUNBOOK)
                .isEmpty();
    }

    /** The table of settings is what the settings say of themselves. */
    @Test
    void everySettingIsInTheTableOfSettings() {
        String table = Setting.all().stream()
                .map(setting -> "| `%s` | %s | %s | %s |"
                        .formatted(setting.name(), usual(setting), range(setting), setting.help()))
                .collect(Collectors.joining(
                        "\n", "| setting | default | bounds | meaning |\n|---|---|---|---|\n", "\n"));

        assertThat(read(SETTINGS))
                .as("%s needs this table:%n%s", SETTINGS, table)
                .contains(table);
    }

    private static String usual(Setting setting) {
        return setting.kind() == Setting.Kind.NUMBER || setting.kind() == Setting.Kind.SIZE
                ? setting.usual().toString()
                : "`" + setting.usual() + "`";
    }

    private static String range(Setting setting) {
        return setting.kind() == Setting.Kind.NAMES
                ? Stream.of(Acceptance.values())
                        .map(one -> "`" + one.id() + "`")
                        .collect(Collectors.joining(", "))
                : setting.range();
    }

    private static boolean leadsSomewhere(Path document, String target, String heading) {
        Path file =
                target.isEmpty() ? document : document.resolveSibling(target).normalize();
        return Files.exists(file) && (heading == null || anchors(file).contains(heading));
    }

    /** As GitHub makes them of headings: small letters, hyphens for spaces, no punctuation. */
    private static Set<String> anchors(Path document) {
        return matches(HEADING, prose(document)).stream()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .strip()
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static List<String> undocumented(Set<String> names) {
        String runbook = read(RUNBOOK);
        return names.stream()
                .filter(name -> !runbook.contains("`" + name + "`"))
                .toList();
    }

    private static List<Path> documents() {
        List<Path> documents = new ArrayList<>(files(Path.of("docs"), ".md"));
        documents.add(Path.of("README.md"));
        documents.add(Path.of("CONTRIBUTING.md"));
        return documents;
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String prose(Path document) {
        return FENCED_CODE.matcher(read(document)).replaceAll("");
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
