package dev.attache.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.attache.sandbox.SandboxTest;
import dev.attache.sandbox.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The runbook's commands, as operators would type them, on the sandbox. */
@SandboxTest
class RunbookCommandsIT {

    /** Defined at the beginning of the runbook, with variables for another installation. */
    private static final Pattern FUNCTIONS = Pattern.compile("(?m)^(?:url|arn)\\(\\) \\{.*}$");

    /** Of commands that only AWS has, or that the sandbox's AWS does not answer. */
    private static final List<String> NOT_ON_THE_SANDBOX = List.of("aws sts ", "KmsMasterKeyId");

    @Autowired
    Surroundings surroundings;

    static Stream<String> commands() {
        return Runbook.sections().stream()
                .flatMap(Runbook.Section::commands)
                .flatMap(block -> Arrays.stream(block.split("(?<!\\\\)\\n")))
                .filter(command -> NOT_ON_THE_SANDBOX.stream().noneMatch(command::contains))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandOfTheRunbookSucceeds(String command) throws Exception {
        for (String program : List.of("aws", "curl")) {
            assumeTrue(!command.contains(program + " ") || isInstalled(program), "There is no " + program);
        }
        List<String> script = new ArrayList<>(FUNCTIONS
                .matcher(Runbook.text())
                .results()
                .map(function -> function.group())
                .toList());
        assertThat(script).hasSize(2);
        script.add(command.replace("curl -sS", "curl -fsS"));

        Process shell = start(String.join("\n", script));
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(shell.waitFor()).as(output).isZero();
        assertThat(output).doesNotContain("An error occurred");
    }

    private Process start(String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-euc", script).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_"));
        environment.putAll(surroundings.environment());
        environment.put("AWS_PAGER", "");
        environment.put("OPS", surroundings.managementOrigin());
        environment.put("OPS_USER", "sandbox:sandbox");
        return builder.start();
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
