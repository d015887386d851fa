package dev.upshift.procedure;

/** Somebody allowed runs again. */
public record RunsAllowed(String actor) {}
