package dev.attache.queues;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueReferenceTests {

    @ParameterizedTest
    @CsvSource({
        "requests, requests, ,",
        "arn:aws:sqs:eu-central-1:111122223333:requests, requests, , 111122223333",
        "arn:aws-cn:sqs:cn-north-1:111122223333:requests, requests, , 111122223333",
        "https://sqs.eu-central-1.amazonaws.com/111122223333/requests, requests,"
                + " https://sqs.eu-central-1.amazonaws.com/111122223333/requests,",
        "http://localhost:9324/000000000000/requests, requests, http://localhost:9324/000000000000/requests,"
    })
    void aQueueIsKnownByItsNameWhateverNamesIt(String stated, String name, String url, String account) {
        assertThat(QueueReference.of(stated)).isEqualTo(new QueueReference(name, url, account));
    }
}
