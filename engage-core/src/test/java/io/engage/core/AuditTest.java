package io.engage.core;

import static io.engage.core.Street.fromAna;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.AuditAnchor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditVerdict;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.AgentAction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WK-10")
@DisplayNameGeneration(ReplaceUnderscores.class)
class AuditTest {
  private final Street street = new Street();
  private AuditDesk desk;
  private Conversation bike;

  @BeforeEach
  void anAnswerGoesOut() {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    bike = street.onlyConversation();
    street.clara.take(List.of(bike.id()));
    desk = street.engage.auditOf(Shop.CLARA);
  }

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  void what_was_done_is_intact_and_stays_so_while_more_is_done() {
    AuditAnchor before = upTo(desk.verify());
    street.clara.complete(List.of(bike.id()));

    AuditAnchor after = upTo(desk.verify(before));

    assertThat(after.sequence()).isEqualTo(before.sequence() + 1);
    assertThat(upTo(desk.verifySince(before))).isEqualTo(after);
  }

  @Test
  void an_anchor_of_another_installation_is_not_in_this_one() {
    AuditAnchor other = new AuditAnchor(2, Shop.digest("other"));
    AuditAnchor beyond = new AuditAnchor(1_000, Shop.digest("other"));

    assertThat(broken(desk.verify(other)).damage()).isEqualTo(AuditVerdict.Damage.REWRITTEN);
    assertThat(broken(desk.verifySince(other)).damage()).isEqualTo(AuditVerdict.Damage.REWRITTEN);
    assertThat(broken(desk.verify(beyond)).damage()).isEqualTo(AuditVerdict.Damage.CUT_OFF);
    assertThat(broken(desk.verifySince(beyond)).damage()).isEqualTo(AuditVerdict.Damage.CUT_OFF);
  }

  @Test
  void an_export_says_where_it_begins_and_ends_and_is_recorded() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    AuditAnchor end = desk.export(out).findValue().orElseThrow();

    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines.get(0))
        .isEqualTo(
            "{\"format\":\"engage-audit\",\"version\":1,\"after\":\"" + AuditAnchor.START + "\"}");
    assertThat(lines.get(lines.size() - 1)).isEqualTo("{\"end\":\"" + end + "\"}");
    assertThat(lines).hasSize((int) end.sequence() + 2);
    AuditEntry newest = street.storage.audit().newest(1).get(0);
    assertThat(newest.fact()).isEqualTo(new AuditFact.AuditExported(end.sequence()));
    assertThat(newest.actor().id()).isEqualTo(Shop.CLARA.id().value());
  }

  @Test
  void the_next_export_goes_on_behind_the_last_one() throws IOException {
    AuditAnchor first = desk.export(new ByteArrayOutputStream()).findValue().orElseThrow();
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    AuditAnchor second = desk.exportSince(first, out).findValue().orElseThrow();

    assertThat(second.sequence()).isEqualTo(first.sequence() + 1);
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .element(1)
        .asString()
        .contains("audit-exported");
  }

  @Test
  void an_export_behind_an_anchor_that_is_not_there_is_not_begun() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int before = street.storage.audit().newest(1000).size();

    Outcome<AuditAnchor> outcome = desk.exportSince(new AuditAnchor(2, Shop.digest("other")), out);

    assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
    assertThat(out.size()).isZero();
    assertThat(street.storage.audit().newest(1000)).hasSize(before);
  }

  @Test
  @Tag("TH-6")
  void whoever_may_not_read_the_trail_of_every_inbox_reads_none_of_it() throws IOException {
    street.permissions.refuse(
        Shop.CLARA.id(), AgentAction.READ_AUDIT, Shop.workshop().id(), "Ask Dirk");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(desk.newest(10)).isEqualTo(new Outcome.Refused<>("Ask Dirk"));
    assertThat(desk.verify()).isEqualTo(new Outcome.Refused<>("Ask Dirk"));
    assertThat(desk.verifySince(AuditAnchor.START)).isEqualTo(new Outcome.Refused<>("Ask Dirk"));
    assertThat(desk.export(out)).isEqualTo(new Outcome.Refused<>("Ask Dirk"));

    assertThat(out.size()).isZero();
    assertThat(street.storage.audit().newest(4))
        .extracting(AuditEntry::fact)
        .containsOnly(new AuditFact.ActionRefused("read-audit", "Ask Dirk"));
  }

  private static AuditAnchor upTo(Outcome<AuditVerdict> outcome) {
    return ((AuditVerdict.Intact) outcome.findValue().orElseThrow()).upTo();
  }

  private static AuditVerdict.Broken broken(Outcome<AuditVerdict> outcome) {
    return (AuditVerdict.Broken) outcome.findValue().orElseThrow();
  }
}
