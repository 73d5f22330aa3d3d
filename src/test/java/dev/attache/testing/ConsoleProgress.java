package dev.attache.testing;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.opentest4j.TestAbortedException;

/**
 * Writes to Maven's console what a person wants to see of a test run: every minute which class each JVM runs, at once
 * each failure, and each skipped class or method with its reason. All other output goes to files (see {@code pom.xml}).
 * Only the build turns it on, with the system property {@code test.fork}.
 */
public final class ConsoleProgress implements TestExecutionListener {

    /** The number of this JVM among those that run tests at the same time; not set outside the build. */
    private static final @Nullable Integer FORK = Integer.getInteger("test.fork");

    private static final String REPORTS = System.getProperty("test.reports", "target");
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Between the lines of one JVM and those of the next. */
    private static final Duration STAGGER = Duration.ofSeconds(30);

    private static final int MOST_LINES = 10;
    private static final long START = System.nanoTime();

    /** Not {@code System.out}, which Surefire writes to a file. */
    private static final PrintStream CONSOLE =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("console-progress").factory());

    private volatile String current = "";
    private volatile int classes;
    private volatile int tests;

    /** JUnit Platform creates one for each JVM. */
    public ConsoleProgress() {
        if (FORK != null) {
            TIMER.scheduleAtFixedRate(
                    this::sayWhatRuns, STAGGER.multipliedBy(FORK).toSeconds(), INTERVAL.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.getSource().orElse(null) instanceof ClassSource source) {
            current = simpleName(source.getClassName());
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        say("SKIPPED %s: %s".formatted(name(test), reason));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        var why = result.getThrowable().map(ConsoleProgress::described).orElse("");
        switch (result.getStatus()) {
            case SUCCESSFUL -> count(test);
            case ABORTED -> say("SKIPPED %s: %s".formatted(name(test), why));
            case FAILED -> {
                // Beside what the class logged.
                result.getThrowable().ifPresent(Throwable::printStackTrace);
                say("FAILED %s: %s%n  Log and stack trace: %s".formatted(name(test), why, log(test)));
            }
        }
    }

    private void count(TestIdentifier test) {
        if (test.isTest()) {
            tests++;
        } else if (test.getSource().orElse(null) instanceof ClassSource) {
            classes++;
        }
    }

    private void sayWhatRuns() {
        var seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - START);
        say("%d:%02d JVM %s: %d classes, %d tests done; now %s"
                .formatted(seconds / 60, seconds % 60, FORK, classes, tests, current));
    }

    private static void say(String line) {
        if (FORK != null) {
            CONSOLE.println(line);
        }
    }

    private static String described(Throwable error) {
        var isPlain = error instanceof AssertionError || error instanceof TestAbortedException;
        var text = isPlain ? String.valueOf(error.getMessage()) : error.toString();
        return text.strip().lines().limit(MOST_LINES).collect(Collectors.joining("\n  "));
    }

    private static String name(TestIdentifier test) {
        return switch (test.getSource().orElse(null)) {
            case ClassSource source -> simpleName(source.getClassName());
            case MethodSource source ->
                simpleName(source.getClassName()) + "." + source.getMethodName()
                        + (test.isTest() && !test.getDisplayName().startsWith(source.getMethodName())
                                ? " " + test.getDisplayName()
                                : "");
            case null, default -> test.getDisplayName();
        };
    }

    private static String log(TestIdentifier test) {
        return switch (test.getSource().orElse(null)) {
            case ClassSource source -> log(source.getClassName());
            case MethodSource source -> log(source.getClassName());
            case null, default -> REPORTS;
        };
    }

    private static String log(String className) {
        return REPORTS + "/" + className + "-output.txt";
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
