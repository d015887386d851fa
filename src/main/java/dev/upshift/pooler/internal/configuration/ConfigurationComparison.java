package dev.upshift.pooler.internal.configuration;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.upshift.pooler.PoolerConfiguration.ConfigurationDiff;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells how two configurations differ, to a machine and to a person. */
final class ConfigurationComparison {

    private static final Pattern PASSWORD =
            Pattern.compile("(?i)(password\\s*=\\s*)('[^']*(?:''[^']*)*'|\\S.*?(?=\\s|$))");

    private ConfigurationComparison() {}

    static ConfigurationDiff between(IniConfiguration before, IniConfiguration after) {
        Map<String, List<String>> old = connectStrings(before);
        Map<String, List<String>> fresh = connectStrings(after);
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(fresh.keySet());
        return new ConfigurationDiff(
                names.stream()
                        .filter(name -> !old.getOrDefault(name, List.of()).equals(fresh.getOrDefault(name, List.of())))
                        .toList(),
                !withoutEntries(before).equals(withoutEntries(after)),
                lines(before.text(), after.text()));
    }

    private static Map<String, List<String>> connectStrings(IniConfiguration configuration) {
        return configuration.entryLines().stream()
                .collect(Collectors.groupingBy(
                        IniLine.Entry::name,
                        LinkedHashMap::new,
                        Collectors.mapping(entry -> entry.target().toString(), Collectors.toList())));
    }

    /** All but the entries, whose own lines go as a whole, so that one more or one less is no other change. */
    private static String withoutEntries(IniConfiguration configuration) {
        String text = configuration.text();
        StringBuilder rest = new StringBuilder();
        int copied = 0;
        for (IniLine.Entry entry : configuration.entryLines()) {
            rest.append(text, copied, configuration.lineStart(entry));
            copied = configuration.lineEnd(entry);
        }
        return rest.append(text, copied, text.length()).toString();
    }

    private static List<String> lines(String before, String after) {
        List<String> lines = new ArrayList<>();
        for (AbstractDelta<String> delta :
                DiffUtils.diff(before.lines().toList(), after.lines().toList()).getDeltas()) {
            delta.getSource().getLines().forEach(line -> lines.add("- " + masked(line)));
            delta.getTarget().getLines().forEach(line -> lines.add("+ " + masked(line)));
        }
        return lines;
    }

    private static String masked(String line) {
        return PASSWORD.matcher(line).replaceAll("$1••••");
    }
}
