package dev.attache.permissions;

import dev.attache.permissions.iam.IamPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The policies in {@code infra/policies}. */
final class PolicyFiles {

    private static final Path FOLDER = Path.of("infra", "policies");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

    private PolicyFiles() {}

    /** The policy in {@code infra/policies}, with {@link Sample} for its placeholders. */
    static IamPolicy read(String name) {
        return IamPolicy.of(name, text(name, Sample.PLACEHOLDERS));
    }

    /** All policies in {@code infra/policies}. */
    static Map<String, IamPolicy> all() {
        Map<String, IamPolicy> all = new TreeMap<>();
        names().forEach(name -> all.put(name, read(name)));
        return all;
    }

    static List<String> names() {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(FOLDER, "*.json")) {
            files.forEach(file -> names.add(file.getFileName().toString().replaceFirst("\\.json$", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names.stream().sorted().toList();
    }

    /** The file's text as it is. */
    static String template(String name) {
        try {
            return Files.readString(FOLDER.resolve(name + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file's text with these values for its placeholders. */
    static String text(String name, Map<String, String> values) {
        return PLACEHOLDER.matcher(template(name)).replaceAll(placeholder -> {
            String value = values.get(placeholder.group(1));
            if (value == null) {
                throw new IllegalArgumentException(
                        "infra/policies/%s.json has the placeholder %s, which nobody replaces"
                                .formatted(name, placeholder.group()));
            }
            return value;
        });
    }
}
