package dev.attache.topology;

import com.sun.net.httpserver.HttpServer;
import dev.attache.testing.Terraform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code infra/terraform/examples/emulator} would create in an empty account. Nothing has to run for a plan but
 * the call of STS that tells the account.
 */
record TerraformPlan(JsonNode document) {

    static final String ACCOUNT = "111122223333";

    private static final String IDENTITY = """
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <GetCallerIdentityResult>
            <Arn>arn:aws:iam::%1$s:user/test</Arn><UserId>AIDAEXAMPLE</UserId><Account>%1$s</Account>
          </GetCallerIdentityResult>
        </GetCallerIdentityResponse>
        """.formatted(ACCOUNT);

    /** Makes the plan in a copy of {@code infra}. */
    static TerraformPlan of(Path folder) throws IOException {
        copy(Path.of("infra"), folder);
        HttpServer sts = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sts.createContext("/", exchange -> {
            byte[] answer = IDENTITY.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/xml");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        sts.start();
        try {
            var terraform = new Terraform(folder.resolve("terraform/examples/emulator"));
            terraform.init();
            terraform.run(
                    "plan",
                    "-input=false",
                    "-out=plan",
                    "-var=endpoint=http://127.0.0.1:" + sts.getAddress().getPort(),
                    "-var=region=eu-central-1",
                    "-var=pages_url=https://attache.example.com/attache");
            return new TerraformPlan(new JsonMapper().readTree(terraform.run("show", "-json", "plan")));
        } finally {
            sts.stop(0);
        }
    }

    /** The values of the resources of this type, by the key of each, or by its name if it has none. */
    Map<String, JsonNode> resources(String type) {
        return document.at("/planned_values/root_module/child_modules/0/resources")
                .valueStream()
                .filter(resource -> type.equals(resource.path("type").stringValue()))
                .collect(Collectors.toMap(
                        resource -> resource.path("address").stringValue(), resource -> resource.path("values")));
    }

    /** The only resource of this type. */
    JsonNode resource(String type) {
        Map<String, JsonNode> all = resources(type);
        if (all.size() != 1) {
            throw new IllegalStateException("There is not one " + type + ", but " + all.keySet());
        }
        return all.values().iterator().next();
    }

    /** The resources of this type, by their attribute {@code name}. */
    Map<String, JsonNode> byName(String type) {
        return resources(type).values().stream()
                .collect(Collectors.toMap(values -> values.path("name").stringValue(), Function.identity()));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (folder.endsWith(".terraform")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
