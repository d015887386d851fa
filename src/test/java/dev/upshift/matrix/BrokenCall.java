package dev.upshift.matrix;

/** One call of the first control plane fails: before anything happened, or after; once, or from then on; or says nothing. */
final class BrokenCall implements Trouble {

    private final int call;
    private final How how;
    private String broken = "";
    private boolean begun;

    BrokenCall(int call, How how) {
        this.call = call;
        this.how = how;
    }

    @Override
    public boolean failsBefore(int number, String name) {
        if (how == How.FOR_EVER && !begun && number == call) {
            begun = true;
            broken = name;
        }
        return how == How.FOR_EVER ? name.equals(broken) : how == How.ONCE && isTheOne(number);
    }

    @Override
    public boolean failsAfter(int number, String name) {
        return how == How.ANSWER_LOST && isTheOne(number);
    }

    @Override
    public boolean isNotDone(int number, String name) {
        return how == How.NOT_DONE && isTheOne(number);
    }

    private boolean isTheOne(int number) {
        if (begun || number != call) {
            return false;
        }
        begun = true;
        return true;
    }

    enum How {
        ONCE,
        ANSWER_LOST,
        FOR_EVER,
        /** Answered as if it had been carried out. */
        NOT_DONE
    }
}
