package dev.attache.permissions;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkClient;

/** The calls in byte code to clients of the AWS SDK, and to what makes calls or signs requests with them. */
final class SdkCalls {

    private static final String SERVICES = "software.amazon.awssdk.services.";

    /** Methods of clients that call no operation. */
    private static final Set<String> WITHOUT_OPERATION =
            Set.of("builder", "close", "serviceName", "serviceClientConfiguration");

    /** Forms of an operation: {@code getObjectAsBytes}, {@code listPartsPaginator}. */
    private static final Pattern FORM = Pattern.compile("(\\w+?)(AsBytes|Paginator)?");

    /** Classes that call operations on their own, or sign requests for others. */
    private static final Pattern OTHERS = Pattern.compile(
            "software\\.amazon\\.awssdk\\.(transfer|services\\..*presigner)\\..*"
                + "|software\\.amazon\\.awssdk\\.services\\..*(Waiter|BatchManager|Presigner|Utilities)"
                + "|io\\.awspring\\.cloud\\.(s3|sns|sqs|ses|core)\\..*(Template|Operations|Resource|Sender|Container|Resolver)");

    private SdkCalls() {}

    /**
     * Operations as in {@link Operation#id()}, or the name of a class that may call any, with the classes that use
     * them.
     */
    static Map<String, Set<String>> in(JavaClasses classes) {
        Map<String, Set<String>> calls = new TreeMap<>();
        for (JavaClass caller : classes) {
            for (JavaAccess<?> access : caller.getAccessesFromSelf()) {
                String owner = access.getTargetOwner().getName();
                if (OTHERS.matcher(owner).matches()) {
                    add(calls, owner, caller);
                } else if (isClient(owner) && !WITHOUT_OPERATION.contains(access.getName())) {
                    add(calls, operation(owner, access.getName()), caller);
                }
            }
        }
        return calls;
    }

    private static void add(Map<String, Set<String>> calls, String what, JavaClass caller) {
        calls.computeIfAbsent(what, any -> new TreeSet<>()).add(caller.getSimpleName());
    }

    private static boolean isClient(String owner) {
        if (!owner.startsWith(SERVICES)) {
            return false;
        }
        try {
            return SdkClient.class.isAssignableFrom(Class.forName(owner, false, SdkCalls.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(owner + " is called, but is not on the class path of tests", e);
        }
    }

    /** {@code s3:GetObject} for {@code getObjectAsBytes} of the client of S3. */
    private static String operation(String owner, String method) {
        String service = owner.substring(SERVICES.length()).replaceFirst("\\..*", "");
        Matcher form = FORM.matcher(method);
        String name = form.matches() ? form.group(1) : method;
        return service + ":" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
