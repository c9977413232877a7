package io.engage.jpa.forms;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.message.Message;
import io.engage.model.queue.Service;
import io.engage.testkit.Sample;
import io.engage.testkit.SampleFacts;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-2")
class StoredFormTest {
  static Iterable<AuditFact> facts() {
    return SampleFacts.every();
  }

  @ParameterizedTest
  @MethodSource("facts")
  void every_fact_is_read_as_it_was_written(AuditFact fact) {
    StoredForm<AuditFact> form = StoredForm.of(AuditFact.class);

    String json = form.write(fact);

    assertThat(form.read(json, StoredForm.CURRENT)).isEqualTo(fact);
  }

  @Test
  @Tag("DI-1")
  void a_conversation_from_before_there_were_queues_is_one_in_which_nobody_waits() {
    StoredForm<Conversation> form = StoredForm.of(Conversation.class);
    Conversation strap = Sample.conversation("strap");
    String without = form.write(strap).replaceFirst(",\"service\":\\{[^}]*}", "");

    Conversation read = form.read(without, StoredForm.CURRENT);

    assertThat(without).doesNotContain("service");
    assertThat(read).isEqualTo(strap.withState(strap.state().withService(Service.NONE)));
  }

  @Test
  void a_conversation_and_its_mail_are_read_as_they_were_written() {
    StoredForm<Conversation> conversations = StoredForm.of(Conversation.class);
    StoredForm<Message> messages = StoredForm.of(Message.class);
    Conversation strap = Sample.conversation("strap");
    Message mail = Sample.mail("question", "strap");

    String conversation = conversations.write(strap);
    String message = messages.write(mail);

    assertThat(conversations.read(conversation, StoredForm.CURRENT)).isEqualTo(strap);
    assertThat(messages.read(message, StoredForm.CURRENT)).isEqualTo(mail);
  }
}
