package dev.attache.deadletters.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attache.deadletters.Task;
import dev.attache.deadletters.TaskRequest;
import dev.attache.deadletters.tasks.TaskRun;
import dev.attache.deadletters.tasks.TasksOfTests;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

/** An edited letter is sent with a new id, and the original is kept. */
class EditTests {

    private static final String EDITED = """
        {"specversion":"1.0","type":"attachment.requested","source":"desk","id":"e-1",\
        "data":{"direction":"download","channel":"event","attachment":{"key":"downloads/a.pdf"}}}\
        """;

    private final RedriveWorld world = new RedriveWorld(1);

    private String letter() {
        return world.sqs.add(
                RedriveWorld.DEAD,
                RedriveWorld.body("e-1", "desk"),
                Map.of("attache-code", "CONTRACT_VIOLATION", "attache-sender", "1 k 2 h AROA", "type", "t"));
    }

    @Test
    void itIsSentWithANewIdAndWithoutTheStatementOfItsSender() {
        String id = letter();
        TaskRun run = world.start(new TaskRequest.Edit(RedriveWorld.DEAD, id, EDITED));

        assertThat(world.run(run)).contains(Task.State.DONE);

        Message sent = world.sqs.messages(RedriveWorld.QUEUE).getFirst();
        assertThat(sent.body()).contains("downloads/a.pdf").doesNotContain("\"e-1\"");
        assertThat(sent.messageAttributes()).containsOnlyKeys("type", "attache-redrive");
        assertThat(world.sqs.messages(RedriveWorld.DEAD))
                .extracting(Message::messageId)
                .containsExactly(id);
        assertThat(world.sqs.inFlight(RedriveWorld.DEAD)).isZero();
        assertThat(TasksOfTests.stored(run).note()).contains("Sent to orders with the id");
    }

    @Test
    void anInvalidTextIsNotSentAndTheFaultIsNamed() {
        TaskRun run = world.start(new TaskRequest.Edit(RedriveWorld.DEAD, letter(), "{}"));

        assertThat(world.run(run)).contains(Task.State.FAILED);

        assertThat(world.sqs.messages(RedriveWorld.QUEUE)).isEmpty();
        assertThat(TasksOfTests.stored(run).note()).contains("The edited letter is not valid");
    }

    @Test
    void aLetterThatIsGoneIsNotSent() {
        TaskRun run = world.start(new TaskRequest.Edit(RedriveWorld.DEAD, "gone", EDITED));

        assertThat(world.run(run)).contains(Task.State.FAILED);

        assertThat(world.sqs.messages(RedriveWorld.QUEUE)).isEmpty();
        assertThat(TasksOfTests.stored(run).note()).contains("was not found");
    }

    @Test
    void theBodyIsReadAnewAndTheLetterGivenBack() {
        String id = letter();
        world.letters(30, "MALFORMED", "desk");
        TaskRequest.Edit request = new TaskRequest.Edit(RedriveWorld.DEAD, id, "");

        assertThat(world.edit().body(world.start(request), request))
                .hasValueSatisfying(body -> assertThat(body).contains("e-1"));
        TaskRequest.Edit gone = new TaskRequest.Edit(RedriveWorld.DEAD, "gone", "");
        assertThat(world.edit().body(world.start(gone), gone)).isEmpty();

        assertThat(world.sqs.inFlight(RedriveWorld.DEAD)).isZero();
    }
}
