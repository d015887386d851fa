package dev.upshift.postgres.internal.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An archive's entries in two lists: what is needed before the data, and what is held back until after it.
 *
 * <p>Held back is what costs time during the copy or could refuse rows that the source has: indexes, unique, foreign
 * key and not-yet-valid check constraints, triggers, rules, statistics, and the content of materialized views. Primary
 * keys and what else identifies a row stay, for apply looks rows up by them; so do row security and policies, for a
 * table must never be open that is closed on the source. And held back is what depends on anything held back.
 *
 * @param immediate in the order of the archive
 * @param heldBack likewise
 */
record RestorePlan(List<Integer> immediate, HeldBackList heldBack) {

    private static final List<String> AFTER_THE_DATA = List.of(
            "INDEX",
            "CONSTRAINT",
            "CHECK CONSTRAINT",
            "FK CONSTRAINT",
            "TRIGGER",
            "EVENT TRIGGER",
            "RULE",
            "STATISTICS",
            "MATERIALIZED VIEW DATA");

    /**
     * {@code CREATE EXTENSION} sets the comment itself, and only the extension's owner may set another. Privileges on
     * what belongs to the server only its superuser may give; they are told by name instead.
     */
    private static final List<String> LEFT_OUT =
            List.of("COMMENT - EXTENSION", "ACL pg_catalog", "ACL information_schema");

    static RestorePlan of(List<ArchiveEntry> entries, List<HeldBackObject> objects) {
        Map<Long, Map<Long, HeldBackObject>> byOid = objects.stream()
                .filter(object -> object.oid() != 0)
                .collect(Collectors.groupingBy(
                        HeldBackObject::catalogue,
                        Collectors.toMap(HeldBackObject::oid, object -> object, (one, same) -> one)));
        Map<String, String> attachments = objects.stream()
                .filter(object -> !object.listed().isEmpty())
                .collect(Collectors.toMap(HeldBackObject::listed, HeldBackObject::name, (one, same) -> one));
        Map<Integer, String> heldBack = new LinkedHashMap<>();
        List<ArchiveEntry> all =
                entries.stream().filter(entry -> !entry.isOneOf(LEFT_OUT)).toList();
        for (ArchiveEntry entry : all) {
            @Nullable HeldBackObject object =
                    byOid.getOrDefault(entry.catalogue(), Map.of()).get(entry.oid());
            boolean isAttachment = entry.isOneOf(List.of("INDEX ATTACH"));
            boolean mayWait = entry.isOneOf(AFTER_THE_DATA) && !isAttachment && (object == null || !object.immediate());
            if (mayWait || entry.dependencies().stream().anyMatch(heldBack::containsKey)) {
                heldBack.put(entry.id(), name(entry, object, attachments));
            }
        }
        return new RestorePlan(
                all.stream()
                        .map(ArchiveEntry::id)
                        .filter(id -> !heldBack.containsKey(id))
                        .toList(),
                new HeldBackList(heldBack));
    }

    /** As a list for {@code pg_restore --use-list}. */
    String immediateList() {
        return immediate.stream().map(id -> id + ";\n").collect(Collectors.joining());
    }

    private static String name(ArchiveEntry entry, @Nullable HeldBackObject object, Map<String, String> attachments) {
        if (object != null && entry.isOneOf(AFTER_THE_DATA)) {
            return object.name();
        }
        // The owner follows after the name.
        String text = entry.text();
        int end = text.length();
        while (end > 0) {
            @Nullable String attachment = attachments.get(text.substring(0, end));
            if (attachment != null) {
                return attachment;
            }
            end = text.lastIndexOf(' ', end - 1);
        }
        return "";
    }
}
