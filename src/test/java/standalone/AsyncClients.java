package standalone;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkRequest;

/** Asynchronous AWS clients that make blocking calls in virtual threads. */
final class AsyncClients {

    private AsyncClients() {}

    static <A extends SdkClient, B extends SdkClient> A of(Class<A> async, Class<B> blocking, B client) {
        return async.cast(Proxy.newProxyInstance(
                async.getClassLoader(), new Class<?>[] {async}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        client.close();
                        return null;
                    }
                    if (arguments != null && arguments.length == 1 && arguments[0] instanceof SdkRequest) {
                        return call(
                                blocking.getMethod(method.getName(), method.getParameterTypes()), client, arguments);
                    }
                    return method.isDefault()
                            ? InvocationHandler.invokeDefault(proxy, method, arguments)
                            : method.invoke(client, arguments);
                }));
    }

    private static CompletableFuture<Object> call(Method method, Object client, Object[] arguments) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                answer.complete(method.invoke(client, arguments));
            } catch (InvocationTargetException e) {
                answer.completeExceptionally(e.getCause());
            } catch (IllegalAccessException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }
}
