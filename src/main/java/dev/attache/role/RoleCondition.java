package dev.attache.role;

import java.util.Arrays;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Decides {@link ConditionalOnRole}. */
class RoleCondition extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Role[] any = metadata.getAnnotations().get(ConditionalOnRole.class).getEnumArray("value", Role.class);
        Roles roles = Roles.of(context.getEnvironment());
        return new ConditionOutcome(
                Arrays.stream(any).anyMatch(roles::has),
                ConditionMessage.forCondition(ConditionalOnRole.class)
                        .because("this process has the roles " + roles.all()));
    }
}
