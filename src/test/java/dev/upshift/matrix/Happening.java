package dev.upshift.matrix;

import java.util.function.Consumer;

/** Something happens at one moment of the first control plane. */
record Happening(int moment, Consumer<ControlPlane> what) implements Trouble {

    @Override
    public void at(ControlPlane plane, int number, String name) {
        if (plane.generation() == 0 && number == moment) {
            what.accept(plane);
        }
    }
}
