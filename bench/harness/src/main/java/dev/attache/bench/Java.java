package dev.attache.bench;

/** The Java that runs this program, for the processes that it starts. */
final class Java {

    private Java() {}

    static String command() {
        return ProcessHandle.current().info().command().orElse("java");
    }
}
