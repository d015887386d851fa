package dev.upshift.check;

import java.util.List;

/** The checks that somebody asks, as data: for whoever lists them, and for the test that each has all that belongs to it. */
public interface Checks {

    List<? extends Check<?>> all();
}
