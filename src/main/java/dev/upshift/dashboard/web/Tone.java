package dev.upshift.dashboard.web;

import java.util.Locale;

/** What a state means to the reader. Each tone has a colour and an icon; the word stands beside them. */
public enum Tone {
    GOOD("check"),
    BUSY("busy"),
    WARNING("warning"),
    BAD("bad"),
    IDLE("idle");

    private final String icon;

    Tone(String icon) {
        this.icon = icon;
    }

    /** The class that sets the colour. */
    public String style() {
        return "is-" + name().toLowerCase(Locale.ROOT);
    }

    /** Where the icon is on the page. */
    public String icon() {
        return "#i-" + icon;
    }
}
