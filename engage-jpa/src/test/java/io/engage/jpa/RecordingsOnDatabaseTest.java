package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.engage.core.Engage;
import io.engage.core.ExportedRecordings;
import io.engage.core.Recording;
import io.engage.core.RecordingDesk;
import io.engage.core.RecordingForm;
import io.engage.core.RecordingFormat;
import io.engage.core.recording.RecordingSearch;
import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.testkit.ManualClock;
import io.engage.testkit.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Recordings over a database: found by each field of the form, and exported while mail comes in.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DI-7")
@Tag("PO-2")
class RecordingsOnDatabaseTest {
  private static final MailAccount ACCOUNT =
      MailAccount.of(
          Sample.SHOP.value(), "shop", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25));
  private static final Inbox SHOP = Inbox.of("shop", "Shop", "shop@shop.example", ACCOUNT.id());
  private static final RecordingSearch ALL = RecordingSearch.all().in(SHOP.id());
  private static final Page.Request FIRST = Page.Request.first(500);

  private final ManualClock clock = ManualClock.at(Sample.MONDAY);
  private final InMemoryMail mail = InMemoryMail.create(MimeFormat.create(), clock);
  private final InMemoryBlobStore blobs = InMemoryBlobStore.create(clock);

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void each_field_of_the_form_finds_what_it_is_about(Dialect dialect) {
    try (Engage node = node(Databases.of(dialect))) {
      arrives(1, "Lamp");
      arrives(2, "Clock");
      node.mail().sync(ACCOUNT.id());
      ConversationId lamp = only(node, ALL.about("lam"));
      ConversationId clockOfTwo = only(node, ALL.with("CUSTOMER2@"));
      node.deskOf(Sample.clara()).take(List.of(lamp));
      node.deskOf(Sample.clara()).complete(List.of(lamp));
      clock.advance(Duration.ofDays(2));
      Instant wednesday = clock.instant();
      answers(3, 1, "Re: Lamp");
      node.mail().sync(ACCOUNT.id());

      RecordingSearch monday = ALL.between(Sample.MONDAY, wednesday);
      assertThat(found(node, ALL)).containsExactly(lamp, clockOfTwo);
      assertThat(found(node, ALL.by(Sample.clara().id()))).containsExactly(lamp);
      assertThat(found(node, monday)).containsExactly(clockOfTwo);
      assertThat(found(node, monday.whatWasLed())).containsExactly(clockOfTwo, lamp);
      assertThat(found(node, monday.whatWasLed().about("lamp"))).containsExactly(lamp);
      assertThat(found(node, monday.whatWasLed().with("customer1").by(Sample.clara().id())))
          .containsExactly(lamp);
      assertThat(found(node, ALL.between(wednesday, null).with("customer2"))).isEmpty();
      Recording recording = desk(node).view(lamp, FIRST).findValue().orElseThrow();
      assertThat(recording.messages().items()).hasSize(2);
      assertThat(recording.agents()).containsExactly(Sample.clara().name());
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void an_export_has_all_that_was_there_also_what_two_customers_write_meanwhile(Dialect dialect)
      throws IOException {
    DataSource database = Databases.of(dialect);
    try (Engage one = node(database);
        Engage other = node(database)) {
      for (int i = 0; i < 120; i++) {
        arrives(i, "Lamp " + i);
      }
      one.mail().sync(ACCOUNT.id());
      List<ConversationId> there = found(one, ALL);
      Meanwhile file =
          new Meanwhile(
              () -> {
                answers(200, 0, "Re: Lamp 0");
                answers(201, 119, "Re: Lamp 119");
                arrives(202, "Chair");
                other.mail().sync(ACCOUNT.id());
              });

      ExportedRecordings exported =
          desk(one)
              .export(ALL, RecordingFormat.JSON, RecordingForm.MESSAGES.withTrail(), file)
              .findValue()
              .orElseThrow();

      List<String> written = file.conversations();
      assertThat(exported).isEqualTo(new ExportedRecordings(121, 123, 0));
      assertThat(written)
          .as("the first was written before somebody answered, so it stands there again")
          .hasSize(121)
          .containsAll(there.stream().map(ConversationId::value).toList());
      assertThat(written.get(0)).isIn(written.subList(100, 121));
      assertThat(file.lines())
          .filteredOn(line -> line.has("entry"))
          .filteredOn(line -> line.toString().contains("recording-exported"))
          .as("each is recorded before it is written, so its trail says so")
          .hasSizeGreaterThanOrEqualTo(121);
      assertThat(one.auditOf(Sample.clara()).verify().findValue().orElseThrow().isIntact())
          .isTrue();
    }
  }

  /** Something happens as soon as the first bytes are written. */
  private static final class Meanwhile extends ByteArrayOutputStream {
    private final Runnable something;
    private boolean happened;

    private Meanwhile(Runnable something) {
      this.something = something;
    }

    @Override
    public void write(byte[] some, int from, int length) {
      super.write(some, from, length);
      if (!happened) {
        happened = true;
        something.run();
      }
    }

    private List<JsonNode> lines() throws IOException {
      List<JsonNode> lines = new ArrayList<>();
      for (String line : toString(StandardCharsets.UTF_8).lines().toList()) {
        lines.add(JsonMapper.builder().build().readTree(line));
      }
      return lines;
    }

    private List<String> conversations() throws IOException {
      return lines().stream()
          .filter(line -> line.has("conversation"))
          .map(line -> line.at("/conversation/id").asText())
          .toList();
    }
  }

  private static RecordingDesk desk(Engage node) {
    return node.recordingsOf(Sample.clara());
  }

  private static List<ConversationId> found(Engage node, RecordingSearch search) {
    return desk(node).search(search, FIRST).findValue().orElseThrow().items().stream()
        .map(Conversation::id)
        .toList();
  }

  private static ConversationId only(Engage node, RecordingSearch search) {
    List<ConversationId> found = found(node, search);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private Engage node(DataSource database) {
    return Engage.builder()
        .storage(JpaStorage.over(database).build())
        .blobs(blobs)
        .mail(mail)
        .customers(InMemoryCustomerDirectory.create())
        .account(ACCOUNT)
        .inbox(SHOP)
        .signingKeys(Secret.of("the same key on every node"))
        .clock(clock)
        .build();
  }

  private void arrives(int number, String subject) {
    arrives(number, number, subject, "");
  }

  /** A customer writes once more. */
  private void answers(int number, int customer, String subject) {
    arrives(
        number, customer, subject, "In-Reply-To: <%d@customer.example>\r\n".formatted(customer));
  }

  private void arrives(int number, int customer, String subject, String more) {
    clock.advance(Duration.ofSeconds(1));
    mail.deliver(
        ACCOUNT.id(),
        """
        From: customer%3$d@customer.example
        To: shop@shop.example
        Subject: %2$s
        Message-ID: <%1$d@customer.example>
        Date: Mon, 2 Mar 2026 09:00:00 +0000
        """
            .formatted(number, subject, customer)
            .replace("\n", "\r\n")
            .concat(more)
            .concat("\r\n" + "Is it ready? ".repeat(40) + number + "\r\n")
            .getBytes(StandardCharsets.UTF_8));
  }
}
