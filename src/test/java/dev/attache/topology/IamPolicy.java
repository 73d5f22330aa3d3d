package dev.attache.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A policy in {@code infra}, whose statements all allow something. */
record IamPolicy(JsonNode document) {

    static final String QUEUES = "arn:aws:sqs:REGION:ACCOUNT:";

    static final String TOPICS = "arn:aws:sns:REGION:ACCOUNT:";

    static final String OBJECTS = "arn:aws:s3:::BUCKET/";

    /** What receiving needs. */
    static final Set<String> RECEIVE = Set.of(
            "sqs:GetQueueUrl",
            "sqs:GetQueueAttributes",
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:ChangeMessageVisibility");

    /** What sending needs. */
    static final Set<String> SEND = Set.of("sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:SendMessage");

    static IamPolicy read(String file) {
        return new IamPolicy(new JsonMapper().readTree(Path.of("infra", file).toFile()));
    }

    Stream<JsonNode> statements() {
        return document.path("Statement").valueStream();
    }

    /** The allowed actions by resource, for resources that begin with this; the beginning is left out. */
    Map<String, Set<String>> actions(String beginning) {
        Map<String, Set<String>> actions = new TreeMap<>();
        statements().forEach(statement -> {
            assertThat(statement.path("Effect").stringValue()).isEqualTo("Allow");
            texts(statement.path("Resource"))
                    .filter(resource -> resource.startsWith(beginning))
                    .forEach(resource -> texts(statement.path("Action"))
                            .forEach(action -> allow(actions, resource.substring(beginning.length()), Set.of(action))));
        });
        return actions;
    }

    static Stream<String> texts(JsonNode oneOrSeveral) {
        return oneOrSeveral.isArray()
                ? oneOrSeveral.valueStream().map(JsonNode::stringValue)
                : Stream.of(oneOrSeveral.stringValue());
    }

    static void allow(Map<String, Set<String>> actions, String resource, Set<String> more) {
        actions.computeIfAbsent(resource, any -> new TreeSet<>()).addAll(more);
    }
}
