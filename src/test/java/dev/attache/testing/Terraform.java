package dev.attache.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The system's {@code terraform}, with a folder of providers as {@code terraform init -plugin-dir} takes it.
 *
 * @param module the folder in which it runs, and to which it writes
 */
public record Terraform(Path module) {

    private static final Optional<Path> PROGRAM = Arrays.stream(
                    System.getenv().getOrDefault("PATH", "").split(":"))
            .map(folder -> Path.of(folder, "terraform"))
            .filter(Files::isExecutable)
            .findFirst();

    /** Of the registry's layout: host, namespace, type, version, platform, program. */
    private static final int DEPTH_OF_PROVIDERS = 6;

    private static final Optional<Path> PROVIDERS =
            Optional.ofNullable(System.getenv("TF_PLUGIN_DIR")).map(Path::of).or(Terraform::installedProviders);

    /** Whether there is one on the {@code PATH}, and the provider {@code hashicorp/aws}. */
    public static boolean isInstalled() {
        return PROGRAM.isPresent() && PROVIDERS.isPresent();
    }

    /** Its output. */
    public String run(String... arguments) {
        return run("", List.of(arguments));
    }

    /** The value of an expression in the module, as {@code terraform console} prints it. */
    public String evaluate(String expression, String... options) {
        List<String> arguments = new ArrayList<>(List.of("console"));
        arguments.addAll(List.of(options));
        return run(expression, arguments).strip();
    }

    public void init() {
        run("init", "-backend=false", "-plugin-dir=" + PROVIDERS.orElseThrow());
    }

    private String run(String input, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(PROGRAM.orElseThrow().toString(), "-chdir=" + module));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        // A file of settings could name other providers.
        builder.environment().keySet().removeIf(name -> name.startsWith("TF_") || name.startsWith("AWS_"));
        builder.environment().put("TF_CLI_ARGS", "-no-color");
        builder.environment().put("CHECKPOINT_DISABLE", "1");
        try {
            Process process = builder.start();
            try (var sent = process.getOutputStream()) {
                sent.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed:\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while terraform ran", e);
        }
    }

    private static Optional<Path> installedProviders() {
        return Stream.of(
                        System.getProperty("user.home") + "/.terraform.d",
                        "/usr/share/terraform",
                        "/usr/local/share/terraform",
                        "/opt")
                .map(Path::of)
                .filter(Files::isDirectory)
                .flatMap(Terraform::programs)
                .filter(program -> program.toString().contains("/hashicorp/aws/"))
                .map(program -> program.subpath(0, program.getNameCount() - DEPTH_OF_PROVIDERS))
                .map(Path.of("/")::resolve)
                .findFirst();
    }

    private static Stream<Path> programs(Path folder) {
        try (Stream<Path> files = Files.find(
                folder,
                DEPTH_OF_PROVIDERS + 2,
                (file, attributes) -> file.getFileName().toString().startsWith("terraform-provider-aws_v"))) {
            return files.toList().stream();
        } catch (IOException | UncheckedIOException e) {
            // A folder that cannot be read has no provider for us.
            return Stream.empty();
        }
    }
}
