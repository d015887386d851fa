package dev.upshift.procedure;

/** Somebody started a run. */
public record RunStarted(
        long projectId, String slug, int number, ProcedureName procedure, String planVersion, String actor) {}
