package dev.attache.link.credentials;

import dev.attache.link.signing.Signers;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/** Returns sessions of the requested duration, with the access keys {@code ASIA1}, {@code ASIA2} and so on. */
public final class StsDouble implements StsClient {

    public final List<AssumeRoleRequest> requests = new CopyOnWriteArrayList<>();

    public volatile Function<AssumeRoleRequest, AssumeRoleResponse> answer = this::session;

    public volatile int closed;

    private final Clock clock;

    public StsDouble(Clock clock) {
        this.clock = clock;
    }

    /** Makes all further requests fail. */
    public void refuse(int status, String message) {
        answer = request -> {
            throw StsException.builder().statusCode(status).message(message).build();
        };
    }

    public AssumeRoleResponse session(AssumeRoleRequest request) {
        return AssumeRoleResponse.builder()
                .credentials(it -> it.accessKeyId("ASIA" + requests.size())
                        .secretAccessKey(Signers.SECRET)
                        .sessionToken("token")
                        .expiration(clock.instant().plusSeconds(request.durationSeconds())))
                .build();
    }

    @Override
    public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
        requests.add(request);
        return answer.apply(request);
    }

    @Override
    public String serviceName() {
        return "sts";
    }

    @Override
    public void close() {
        closed++;
    }
}
