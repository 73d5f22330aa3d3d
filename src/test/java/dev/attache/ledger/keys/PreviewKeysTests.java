package dev.attache.ledger.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.ledger.objects.ConditionalObjects;
import dev.attache.ledger.objects.InMemoryS3;
import dev.attache.ledger.objects.PreviewS3;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class PreviewKeysTests {

    private final InMemoryS3 s3 = new InMemoryS3();

    private final KeysProperties properties = new KeysProperties(List.of(), "attache-keys/");

    private final Keys previewed = new PreviewKeys(() -> new PreviewS3(s3), this::keys);

    private Keys keys(S3Client client) {
        return properties.keys(new ConditionalObjects(client, "b", attempt -> {}), "ledger/", attempt -> {});
    }

    @Test
    void noKeyIsCreated() {
        assertThat(previewed.newest()).isNotNull();

        assertThat(s3.objects).isEmpty();
    }

    @Test
    void theKeysOfTheInstallationAreUsedFromTheTimeWhenTheyExist() {
        previewed.newest();
        Keys.Key created = keys(s3).newest();

        assertThat(previewed.newest().id()).isEqualTo(created.id());
        assertThat(previewed.newest().hmac("p", new byte[1])).isEqualTo(created.hmac("p", new byte[1]));
        int asked = s3.gets;
        assertThat(previewed.all()).hasSize(1);
        assertThat(s3.gets).isEqualTo(asked);
    }
}
