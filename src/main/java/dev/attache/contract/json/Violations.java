package dev.attache.contract.json;

import com.networknt.schema.Error;
import dev.attache.contract.value.RejectedException;
import dev.attache.contract.value.RejectionCode;
import dev.attache.contract.value.SafeLine;
import java.util.List;
import java.util.stream.Collectors;

/** Describes violations of a schema by path and rule. It never quotes values, which may be secret or personal. */
final class Violations {

    private static final int SHOWN = 3;

    private static final int LONGEST_PATH = 200;

    private Violations() {}

    /** With the code {@code TOO_MANY_RECIPIENTS} if that is among the errors, otherwise {@code CONTRACT_VIOLATION}. */
    static RejectedException rejection(List<Error> errors) {
        RejectionCode code = errors.stream().anyMatch(Violations::isTooManyRecipients)
                ? RejectionCode.TOO_MANY_RECIPIENTS
                : RejectionCode.CONTRACT_VIOLATION;
        return new RejectedException(code, describe(errors));
    }

    static String describe(List<Error> errors) {
        List<String> problems =
                errors.stream().map(Violations::describe).distinct().toList();
        String shown = problems.stream().limit(SHOWN).collect(Collectors.joining("; "));
        if (errors.size() == FirstErrors.MOST) {
            return shown + "; and more";
        }
        return problems.size() <= SHOWN ? shown : shown + "; and " + (problems.size() - SHOWN) + " more";
    }

    /** A path may contain names that the sender chose, such as those of a link's headers. */
    private static String path(Error error) {
        return SafeLine.of(error.getInstanceLocation().toString(), LONGEST_PATH);
    }

    private static String describe(Error error) {
        String path = path(error);
        if (error.isCustomMessage()) {
            return path + " "
                    + error.getMessage()
                            .substring(error.getMessage().indexOf(": ") + 1)
                            .strip();
        }
        return switch (error.getKeyword()) {
            case "additionalProperties" ->
                path + "." + SafeLine.of(error.getProperty(), LONGEST_PATH) + " is not known";
            case "required" -> path + "." + error.getProperty() + " is required";
            case "type" -> path + " must be of type " + rule(error);
            case "enum" -> path + " must be one of " + rule(error);
            case "const" -> path + " must be " + rule(error);
            case "minLength" -> path + " must have at least " + rule(error) + " characters";
            case "maxLength" -> path + " must have at most " + rule(error) + " characters";
            case "minItems" -> path + " must have at least " + rule(error) + " entries";
            case "maxItems" -> path + " must have at most " + rule(error) + " entries";
            case "minimum" -> path + " must be at least " + rule(error);
            case "maximum" -> path + " must be at most " + rule(error);
            case "format" -> path + " must be a " + rule(error) + " (RFC 3339)";
            case "properties", "false" -> path + " must be absent here";
            default -> path + " breaks the rule " + error.getKeyword();
        };
    }

    /** The keyword's value in the schema. */
    private static String rule(Error error) {
        return String.valueOf(error.getSchemaNode()).replace("\"", "");
    }

    private static boolean isTooManyRecipients(Error error) {
        String path = error.getInstanceLocation().toString();
        return "maxItems".equals(error.getKeyword())
                && (path.endsWith(".recipients") || path.endsWith(".notify"))
                && error.getSchemaNode().asInt() > 0;
    }
}
