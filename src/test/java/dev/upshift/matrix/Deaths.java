package dev.upshift.matrix;

import java.util.List;

/** The first control plane dies at the first of these moments, the next one at the second, and so on. */
record Deaths(List<Integer> moments) implements Trouble {

    static Deaths at(Integer... moments) {
        return new Deaths(List.of(moments));
    }

    @Override
    public void at(ControlPlane plane, int number, String moment) {
        if (plane.generation() < moments.size() && moments.get(plane.generation()) == number) {
            plane.die();
        }
    }
}
