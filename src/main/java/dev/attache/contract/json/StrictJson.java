package dev.attache.contract.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parses JSON (RFC 8259) as restricted by RFC 7493 (I-JSON): one object in UTF-8, without duplicate properties,
 * unpaired surrogates and noncharacters, and within limits. Other input is rejected as {@code MALFORMED}, or as
 * {@code TOO_LARGE} if it has too many bytes. The error message names the place, and never quotes the input.
 */
final class StrictJson {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER_LENGTH = 100;
    private static final int MAX_NAME_LENGTH = 1024;

    /**
     * The fewest bytes per name, value and bracket in a message of the largest size. A parsed <code>{}</code> takes
     * fifty times the memory of its two characters, so the number of tokens is limited. Real messages have twelve bytes
     * or more per token.
     */
    private static final int BYTES_PER_TOKEN = 8;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Escapes that may not be valid characters: surrogates, U+FDD0 to U+FDEF, U+FFFE and U+FFFF. */
    private static final Pattern DOUBTFUL_ESCAPE =
            Pattern.compile("\\\\u([dD][89a-fA-F]|[fF][dD][dDeE]|[fF]{3}[eEfF])");

    private final int maxBytes;

    private final int maxTokens;

    private final JsonMapper mapper;

    /** @param maxBytes the most bytes; longer input is rejected before it is parsed */
    StrictJson(int maxBytes) {
        this.maxBytes = maxBytes;
        this.maxTokens = maxBytes / BYTES_PER_TOKEN;
        this.mapper = JsonMapper.builder(JsonFactory.builder()
                        // All parsers share the table of names. Names with equal hashes corrupt it: it then fails with
                        // an IllegalStateException for other inputs, which may be valid.
                        .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(MAX_DEPTH)
                                .maxNumberLength(MAX_NUMBER_LENGTH)
                                .maxNameLength(MAX_NAME_LENGTH)
                                .maxTokenCount(maxTokens)
                                .build())
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                .build();
    }

    JsonMapper mapper() {
        return mapper;
    }

    /**
     * @param what what the bytes are, for the detail
     * @throws RejectedException {@code MALFORMED} or {@code TOO_LARGE}
     */
    ObjectNode parse(byte[] bytes, String what) {
        if (bytes.length > maxBytes) {
            throw new RejectedException(
                    RejectionCode.TOO_LARGE,
                    "%s has %d bytes, but the limit is %d (%s)"
                            .formatted(what, bytes.length, maxBytes, MessagesProperties.MAX_SIZE));
        }
        try {
            return parse(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString(),
                    what);
        } catch (CharacterCodingException e) {
            throw malformed(what + " is not UTF-8");
        }
    }

    /**
     * @param what what the text is, for the detail
     * @throws RejectedException {@code MALFORMED} or {@code TOO_LARGE}
     */
    ObjectNode parse(String text, String what) {
        if (text.isBlank()) {
            throw malformed(what + " is empty; send a JSON object");
        }
        if (text.charAt(0) == BYTE_ORDER_MARK) {
            throw malformed(what + " begins with a byte order mark, which JSON must not have (RFC 8259, section 8.1)");
        }
        JsonNode node = read(text, what);
        if (node.isArray()) {
            throw malformed(what
                    + " is JSON, but not an object; batches of CloudEvents are not supported, send each event in its"
                    + " own message");
        }
        if (!(node instanceof ObjectNode object)) {
            throw malformed(what + " is JSON, but not an object");
        }
        if (holdsNoncharacter(text)
                || (text.indexOf('\\') >= 0 && DOUBTFUL_ESCAPE.matcher(text).find() && hasNoncharacter(object))) {
            throw malformed(
                    what + " contains an unpaired surrogate or a noncharacter such as U+FFFE (RFC 7493, section 2.1)");
        }
        return object;
    }

    private JsonNode read(String text, String what) {
        try {
            return mapper.readTree(text);
        } catch (StreamConstraintsException e) {
            throw malformed(what + " is nested deeper than " + MAX_DEPTH + " levels, has a number longer than "
                    + MAX_NUMBER_LENGTH + " digits or a name longer than " + MAX_NAME_LENGTH
                    + " characters, or has more than "
                    + maxTokens + " names, values and brackets");
        } catch (JacksonException e) {
            TokenStreamLocation location = Objects.requireNonNullElse(e.getLocation(), TokenStreamLocation.NA);
            throw malformed(what + " is not valid JSON, or has a property twice" + ": line " + location.getLineNr()
                    + ", column " + location.getColumnNr());
        }
    }

    private static boolean hasNoncharacter(JsonNode node) {
        if (node.isString()) {
            return holdsNoncharacter(node.stringValue());
        }
        if (node instanceof ObjectNode object
                && object.propertyNames().stream().anyMatch(StrictJson::holdsNoncharacter)) {
            return true;
        }
        for (JsonNode child : node) {
            if (hasNoncharacter(child)) {
                return true;
            }
        }
        return false;
    }

    /** Noncharacters are the last two code points of each plane, and 32 in the first (Unicode, section 23.7). */
    private static boolean holdsNoncharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            // Fast check: most texts have only smaller characters. A stream of code points costs as much as parsing.
            if (text.charAt(i) >= Character.MIN_SURROGATE && isNoncharacter(text.codePointAt(i))) {
                return true;
            }
            i += Character.isHighSurrogate(text.charAt(i)) ? 1 : 0;
        }
        return false;
    }

    private static boolean isNoncharacter(int c) {
        return (c & 0xFFFE) == 0xFFFE
                || (c >= 0xFDD0 && c <= 0xFDEF)
                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static RejectedException malformed(String detail) {
        return new RejectedException(RejectionCode.MALFORMED, detail);
    }
}
