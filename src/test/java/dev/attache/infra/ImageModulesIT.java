package dev.attache.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.reliability.worker.RequiresPackagedWorker;
import dev.attache.reliability.worker.WorkerProcess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The image's Java has a part of the JDK's modules, which jlink was given in {@code infra/Dockerfile}. */
class ImageModulesIT {

    private static final Pattern MODULES = Pattern.compile("\"--add-modules\", \"([^\"]+)\"");

    /** The classes of icu4j that write its documentation. */
    private static final String NOT_NEEDED = "jdk.javadoc";

    @Test
    @RequiresPackagedWorker
    void theyAreAllThatTheWorkerAndItsLibrariesUse() {
        List<String> used = new ArrayList<>(usedModules());
        used.remove(NOT_NEEDED);

        assertThat(resolved()).containsAll(used);
    }

    /**
     * What no class refers to: dates in the languages of recipients, lists in other character sets, the runbook's jcmd.
     */
    @Test
    void theyIncludeThoseThatJavaFindsWhileItRuns() {
        assertThat(resolved()).contains("jdk.localedata", "jdk.charsets", "jdk.jcmd");
    }

    /** With the modules that the named ones require. */
    private static Set<String> resolved() {
        Matcher modules = MODULES.matcher(ImageCommand.dockerfile());
        assertThat(modules.find()).isTrue();
        return Configuration.empty()
                .resolve(
                        ModuleFinder.ofSystem(),
                        ModuleFinder.of(),
                        Set.of(modules.group(1).split(",")))
                .modules()
                .stream()
                .map(module -> module.name())
                .collect(Collectors.toSet());
    }

    private static List<String> usedModules() {
        Path jar = Path.of(WorkerProcess.jar());
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output, true);
        int exitCode = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        writer,
                        writer,
                        "--multi-release",
                        "25",
                        "--ignore-missing-deps",
                        "--print-module-deps",
                        "--class-path",
                        jar.resolveSibling("lib") + "/*",
                        jar.toString());
        String modules = output.toString().strip();
        assertThat(exitCode).as(modules).isZero();
        return List.of(modules.split(","));
    }
}
