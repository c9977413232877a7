package io.engage.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.engage.core.Shop;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.CustomerId;
import io.engage.model.message.Message;
import io.engage.model.queue.Service;
import io.engage.model.writing.Note;
import io.engage.model.writing.NoteId;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DI-7")
@DisplayNameGeneration(ReplaceUnderscores.class)
class LinesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Conversation bike = bike();

  @Test
  void a_file_is_as_it_was() throws IOException {
    Message question = Shop.message("m1", bike, Shop.from(Shop.ANA).to(Shop.workshop()).headers());
    Message answer =
        Shop.sent("m2", bike, Shop.from(Shop.workshop().sender()).to(Shop.ANA).headers());

    String file =
        Lines.head()
            + Lines.conversation(bike)
            + Lines.message(question, "Is it \"ready\"?\n")
            + Lines.message(answer, null)
            + Lines.note(new Note(NoteId.of("n"), bike.id(), Shop.CLARA, "Call", Shop.MORNING, 1))
            + Lines.entry(
                new AuditEntry(
                    AuditEntryId.of("e"),
                    Shop.MORNING,
                    Actor.agent(Shop.CLARA),
                    AuditSubject.of(bike.inbox(), bike.id()),
                    new AuditFact.Assigned(Shop.CLARA.id(), Shop.CLARA.name())))
            + Lines.end(1, 2);

    assertThat(file).isEqualTo(PrintingTest.kept("recordings.jsonl"));
  }

  @Test
  void whatever_a_text_holds_it_stays_on_its_line() throws IOException {
    String hostile = "a\r\nb\u2028c\u0000d\"e\\f\ud800g\u0085h</script>";
    Message question = Shop.message("m1", bike, Shop.from(Shop.ANA).headers());

    String line = Lines.message(question, hostile);

    assertThat(line).endsWith("}\n");
    assertThat(line.strip()).doesNotContain("\n", "\r", "\u0000");
    JsonNode read = JSON.readTree(line);
    assertThat(read.path("message").path("text").asText()).isEqualTo(hostile);
  }

  private static Conversation bike() {
    Conversation bike = Shop.conversation("bike", Shop.workshop(), Shop.ANA);
    Service service =
        Service.arrived(Shop.MORNING)
            .taken(Shop.CLARA.id(), Shop.MORNING.plusSeconds(60))
            .answered(Shop.CLARA.id(), Shop.MORNING.plusSeconds(120));
    return bike.withState(
        bike.state()
            .withAssignee(Shop.CLARA.id())
            .withCustomer(CustomerId.of("ana"))
            .withTags(Set.of("urgent"))
            .withService(service));
  }
}
