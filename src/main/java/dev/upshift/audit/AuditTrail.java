package dev.upshift.audit;

import java.util.List;

/** The append-only record of who did what. Entries appear a moment after what they tell of was committed. */
public interface AuditTrail {

    /** The newest entries of a project first; also of one that was removed. */
    List<AuditEntry> ofProject(String slug, int atMost);
}
