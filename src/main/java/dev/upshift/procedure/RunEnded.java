package dev.upshift.procedure;

/** A run ended or got stuck. */
public record RunEnded(
        long projectId, String slug, int number, ProcedureName procedure, RunStatus status, String outcome) {}
