package dev.upshift.engine;

/** A run's journal or status moved on; in memory only, rings the bell of open pages. */
public record RunChanged(String slug, int number) {}
