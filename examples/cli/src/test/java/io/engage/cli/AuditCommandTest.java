package io.engage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.memory.InMemoryStorage;
import io.engage.model.audit.AuditAnchor;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("WK-10")
@DisplayNameGeneration(ReplaceUnderscores.class)
class AuditCommandTest {
  private static final MailAccount ACCOUNT =
      MailAccount.of("shop", "shop", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25));
  private static final Agent AUDITOR = Agent.of("edith", "Edith Ericson");

  @TempDir private Path folder;
  private final InMemoryMail mail = InMemoryMail.create(MimeFormat.create(), Clock.systemUTC());
  private Engage engage;
  private Path trail;
  private AuditAnchor end;

  @BeforeEach
  void exportTheTrailOfAShop() throws IOException {
    engage =
        Engage.builder()
            .storage(InMemoryStorage.create())
            .blobs(InMemoryBlobStore.create())
            .mail(mail)
            .customers(InMemoryCustomerDirectory.create())
            .account(ACCOUNT)
            .inbox(
                Inbox.of("repairs", "Réparations “été” 😀", "repairs@shop.example", ACCOUNT.id()))
            .build();
    arrives("1@customer.example");
    arrives("2@customer.example");
    engage.mail().sync(ACCOUNT.id());
    trail = folder.resolve("trail.jsonl");
    end = export(AuditAnchor.START, trail);
  }

  @AfterEach
  void closeTheShop() {
    engage.close();
  }

  @Test
  void an_export_is_as_it_was_written() {
    Ran ran = verify(trail.toString());

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out())
        .startsWith("As it was written, entries 1 to " + end.sequence())
        .contains(end.toString());
  }

  @Test
  void a_program_is_told_the_anchor() {
    Ran ran = verify(trail.toString(), "--json");

    assertThat(ran.objects().get(0).path("intact").booleanValue()).isTrue();
    assertThat(ran.objects().get(0).path("upTo").textValue()).isEqualTo(end.toString());
  }

  @Test
  void an_entry_that_was_changed_is_named() throws IOException {
    Path forged = rewritten("Réparations “été” 😀", "Sales");

    Ran ran = verify(forged.toString());

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).contains("Tampered with at entry 1: The entry was changed");
  }

  @Test
  void a_file_without_its_end_was_cut_off() throws IOException {
    for (int kept = 1; kept < lines().size(); kept++) {
      Path cut = written(lines().subList(0, kept));

      Ran ran = verify(cut.toString(), "--json");

      assertThat(ran.objects().get(0).path("damage").textValue()).isEqualTo("cut-off");
      assertThat(ran.objects().get(0).path("place").longValue()).isEqualTo(kept);
    }
  }

  @Test
  void a_file_whose_end_was_cut_off_cleanly_is_found_with_an_anchor() throws IOException {
    List<String> fewer = new ArrayList<>(lines());
    fewer.remove(fewer.size() - 2);
    String seal = fewer.get(fewer.size() - 2).replaceFirst(".*\"seal\":\"([0-9a-f]+)\".*", "$1");
    fewer.set(fewer.size() - 1, "{\"end\":\"%d:%s\"}".formatted(end.sequence() - 1, seal));
    String cut = written(fewer).toString();

    assertThat(verify(cut).exitCode()).isZero();
    assertThat(verify(cut, "--anchor", end.toString()).out()).contains("cut off");
  }

  @Test
  void pieces_that_follow_each_other_are_one_trail() throws IOException {
    arrives("3@customer.example");
    engage.mail().sync(ACCOUNT.id());
    Path next = folder.resolve("next.jsonl");
    AuditAnchor newEnd = export(end, next);

    Ran both = verify(trail.toString(), next.toString(), "--anchor", end.toString());
    Ran alone = verify(next.toString());
    Ran wrongWayRound = verify(next.toString(), trail.toString());

    assertThat(both.exitCode()).isZero();
    assertThat(both.out()).contains("entries 1 to " + newEnd.sequence());
    assertThat(alone.exitCode()).isZero();
    assertThat(alone.out()).contains("entries " + (end.sequence() + 1) + " to ");
    assertThat(wrongWayRound.exitCode()).isEqualTo(1);
  }

  @Test
  void what_is_no_export_is_refused_with_the_line() throws IOException {
    assertThat(verify(folder.resolve("none").toString()).err()).contains("there is no file");
    assertThat(verify(written(List.of("hello")).toString()).err())
        .contains("Line 1 of")
        .contains("is not one JSON object");
    assertThat(verify(written(List.of("{\"format\":\"other\"}")).toString()).err())
        .contains("is no export of an audit trail");
    assertThat(verify(written(List.of(lines().get(0), "{\"a\":1,\"a\":2}")).toString()).err())
        .contains("Line 2 of");
    assertThat(verify(written(List.of(lines().get(0), "x".repeat(2_000_000))).toString()).err())
        .contains("longer than");
    assertThat(verify(trail.toString(), "--anchor", "17").exitCode()).isEqualTo(2);
    assertThat(Ran.engage("", "audit").exitCode()).isEqualTo(2);
  }

  private void arrives(String id) {
    String text =
        "From: ana@customer.example\r\nTo: repairs@shop.example\r\nSubject: My bike\r\n"
            + "Message-ID: <%s>\r\n\r\nIt is broken.\r\n".formatted(id);
    mail.deliver(ACCOUNT.id(), text.getBytes(StandardCharsets.UTF_8));
  }

  private AuditAnchor export(AuditAnchor after, Path to) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      return engage.auditOf(AUDITOR).exportSince(after, out).findValue().orElseThrow();
    }
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(trail, StandardCharsets.UTF_8);
  }

  private Path rewritten(String from, String to) throws IOException {
    return written(lines().stream().map(line -> line.replace(from, to)).toList());
  }

  private Path written(List<String> lines) throws IOException {
    return Files.write(folder.resolve("forged.jsonl"), lines, StandardCharsets.UTF_8);
  }

  private static Ran verify(String... arguments) {
    List<String> all = new ArrayList<>(List.of("audit", "verify"));
    all.addAll(List.of(arguments));
    return Ran.engage("", all.toArray(String[]::new));
  }
}
