package dev.attache.sandbox;

import java.util.TreeSet;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests that cannot run against the chosen AWS. */
class AwsCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var choice = TestAws.choice();
        var unavailable = choice.unavailable();
        if (unavailable.isPresent()) {
            return ConditionEvaluationResult.disabled(unavailable.get());
        }
        var missing = new TreeSet<>(context.getTags());
        missing.retainAll(choice.lacks());
        return missing.isEmpty()
                ? ConditionEvaluationResult.enabled("It runs against " + choice)
                : ConditionEvaluationResult.disabled("%s lacks %s".formatted(choice, missing));
    }
}
