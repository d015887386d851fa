package dev.upshift.identity.internal;

/** Somebody who may sign in. */
record Account(long id, String name, String passwordHash) {

    @Override
    public String toString() {
        return name;
    }
}
