package dev.upshift.engine;

/** Somebody allowed runs again. */
public record RunsAllowed(String actor) {}
