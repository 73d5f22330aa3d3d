package dev.attache.bench;

/** The Java that runs this, for the processes it starts. */
final class Java {

    private Java() {}

    static String command() {
        return ProcessHandle.current().info().command().orElse("java");
    }
}
