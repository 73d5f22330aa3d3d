package dev.attache.bench;

import dev.attache.bench.loop.BatchLoop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program that is measured.
 *
 * @param command the command line, made from the endpoints
 * @param environment its environment variables
 */
record Subject(String name, List<String> command, Map<String, String> environment) {

    static final String WORKER = "worker";

    /** The worker with its ahead-of-time cache. */
    static final String WORKER_WITH_CACHE = "worker-with-cache";

    /** An older build of the worker. */
    static final String WORKER_BEFORE = "worker-before";

    static final String PLAIN = "plain";

    /** A listener that sends mails. */
    static final String PLAIN_MAIL = "plain-mail";

    /** A loop without a framework. */
    static final String LOOP = "loop";

    /** The loop without signing: almost only the calls. */
    static final String CALLS = "calls";

    static final String BOTO3 = "boto3";

    /** The environment of all subjects: credentials, and the image's setting for glibc. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "AWS_ACCESS_KEY_ID",
            "bench",
            "AWS_SECRET_ACCESS_KEY",
            "benchbench",
            "AWS_REGION",
            "us-east-1",
            "AWS_DEFAULT_REGION",
            "us-east-1",
            "MALLOC_ARENA_MAX",
            "2");

    static Subject of(String name, Endpoints endpoints, Settings settings) {
        List<String> jvmOptions = settings.javaOptions(name);
        String aws = endpoints.aws();
        return switch (name) {
            case WORKER -> new Subject(name, worker(jvmOptions, jar("../target", "attache-"), endpoints), ENVIRONMENT);
            case WORKER_BEFORE -> new Subject(name, worker(jvmOptions, settings.before(), endpoints), ENVIRONMENT);
            case WORKER_WITH_CACHE -> {
                String jar = jar("../target", "attache-");
                List<String> options = new ArrayList<>(jvmOptions);
                options.add("-XX:AOTCache=" + AotCache.of(jar).file());
                yield new Subject(name, worker(options, jar, endpoints), ENVIRONMENT);
            }
            case PLAIN ->
                new Subject(
                        name,
                        java(
                                jvmOptions,
                                jar("plain/target", "plain-"),
                                aws,
                                List.of("--bucket=attache", "--topic=arn:aws:sns:us-east-1:000000000000:deliveries")),
                        ENVIRONMENT);
            case PLAIN_MAIL ->
                new Subject(
                        name,
                        java(
                                jvmOptions,
                                jar("plain-mail/target", "plain-mail-"),
                                aws,
                                List.of(
                                        "--bucket=attache",
                                        "--from=attache@example.com",
                                        "--spring.mail.host=" + Endpoints.SMTP_HOST,
                                        "--spring.mail.port=" + endpoints.smtpPort())),
                        ENVIRONMENT);
            case LOOP, CALLS -> {
                List<String> command = new ArrayList<>(List.of(Java.command()));
                command.addAll(jvmOptions);
                command.addAll(List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        BatchLoop.class.getName(),
                        aws,
                        String.valueOf(name.equals(LOOP))));
                yield new Subject(name, command, ENVIRONMENT);
            }
            case BOTO3 -> new Subject(name, List.of("python3", "boto3_loop.py", aws), ENVIRONMENT);
            default ->
                throw new IllegalArgumentException("There is no " + name + " to measure: say worker, "
                        + "worker-with-cache, worker-before, plain, plain-mail, loop, calls or boto3");
        };
    }

    private static List<String> worker(List<String> jvmOptions, String jar, Endpoints endpoints) {
        String aws = endpoints.aws();
        return java(
                jvmOptions,
                jar,
                aws,
                List.of(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.mail.host=" + Endpoints.SMTP_HOST,
                        "--spring.mail.port=" + endpoints.smtpPort(),
                        "--attache.mail.from=attache@example.com",
                        "--spring.security.user.password=bench",
                        "--attache.bucket=attache",
                        "--attache.links.public-endpoint=" + aws,
                        "--attache.sources.crm.prefixes=downloads/crm/",
                        "--attache.sources.crm.min-expiry=1m"));
    }

    private static List<String> java(List<String> jvmOptions, String jar, String aws, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Java.command()));
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-jar",
                jar,
                "--spring.cloud.aws.sqs.endpoint=" + aws,
                "--spring.cloud.aws.sns.endpoint=" + aws,
                "--spring.cloud.aws.s3.endpoint=" + aws,
                "--spring.cloud.aws.s3.path-style-access-enabled=true",
                "--spring.cloud.aws.region.static=us-east-1"));
        command.addAll(arguments);
        return command;
    }

    private static String jar(String folder, String prefix) {
        try (var files = Files.list(Path.of(folder))) {
            return files.map(Path::toString)
                    .filter(file -> file.contains("/" + prefix) && file.endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        } catch (Exception e) {
            throw new IllegalStateException(
                    ("There is no %s*.jar in %s: run ./mvnw -DskipTests package in the project's root first")
                            .formatted(prefix, folder),
                    e);
        }
    }
}
