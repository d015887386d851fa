package dev.upshift.project.internal;

/** A secret as it is stored: encrypted, of no use without the key. */
final class CipherText {

    private final byte[] bytes;

    CipherText(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return bytes.length + " encrypted bytes";
    }
}
