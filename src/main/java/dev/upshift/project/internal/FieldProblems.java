package dev.upshift.project.internal;

import dev.upshift.project.InvalidProject;
import dev.upshift.project.InvalidProject.FieldProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a draft, gathered so that all of it can be told at once. */
final class FieldProblems {

    private final List<FieldProblem> found = new ArrayList<>();

    void require(boolean holds, String field, String otherwise) {
        if (!holds) {
            found.add(new FieldProblem(field, otherwise));
        }
    }

    /** Something is there, not too long (in bytes of UTF-8, as PostgreSQL counts), and printable. */
    void text(String field, String value, int longest) {
        if (value.isBlank()) {
            require(false, field, "The " + lastWord(field) + " is missing.");
            return;
        }
        require(
                value.getBytes(StandardCharsets.UTF_8).length <= longest,
                field,
                "The " + lastWord(field) + " is longer than " + longest + " bytes.");
        require(
                value.codePoints().noneMatch(Character::isISOControl),
                field,
                "The " + lastWord(field) + " has a control character in it.");
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidProject(found);
        }
    }

    /** {@code databases[0]} is a database, {@code source.username} a username. */
    private static String lastWord(String field) {
        String last = field.substring(field.lastIndexOf('.') + 1);
        return last.startsWith("databases[") ? "database's name" : last;
    }
}
