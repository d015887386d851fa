package dev.upshift.dashboard.web.documents;

/**
 * A document, ready to be shown.
 *
 * @param title its first heading
 * @param html the whole, with an id for every heading as GitHub gives it; safe to be put into a page
 */
public record Document(String title, String html) {}
