package io.engage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Heaps of mails and the conversations that a person would make of them. */
@Tag("TH-1")
@Tag("G-5")
@Tag("G-20")
@Tag("G-21")
class ThreadSamplesTest {
  private static final String ANA = "ana@customer.example";
  private static final String BEN = "ben@customer.example";
  private static final String CARLA = "carla@firm.example";
  private static final String SHOP = "help@shop.example";
  private static final String MALLORY = "mallory@evil.example";

  @TempDir private Path folder;

  /** Mails by name, and which of them belong together. */
  private static final class Heap {
    private final String story;
    private final Map<String, String> mails = new LinkedHashMap<>();
    private final Set<Set<String>> expected;
    private int minutes;

    /**
     * @param expected names with blanks between those of one conversation
     */
    Heap(String story, String... expected) {
      this.story = story;
      this.expected =
          Arrays.stream(expected)
              .map(names -> (Set<String>) new TreeSet<>(List.of(names.split(" "))))
              .collect(Collectors.toSet());
    }

    Heap mail(String name, String from, String to, String subject, String... fields) {
      minutes++;
      return raw(
          name,
          "From: %s\nTo: %s\nSubject: %s\nDate: Mon, 2 Mar 2026 %02d:%02d:00 +0000\n%s\n\n%s writes.\n"
              .formatted(
                  from,
                  to.replace("; ", "\nCc: "),
                  subject,
                  minutes / 60,
                  minutes % 60,
                  withId(name, fields),
                  name));
    }

    private static String withId(String name, String... fields) {
      String all = String.join("\n", fields);
      return all.contains("Message-ID:")
          ? all.replace("Message-ID: none\n", "")
          : "Message-ID: <%s@x.example>\n%s".formatted(name, all).strip();
    }

    Heap raw(String name, String text) {
      mails.put(name, text.replace("\n", "\r\n"));
      return this;
    }
  }

  private static Stream<Heap> heaps() {
    return Stream.of(answers(), oddIds(), strangers(), programs(), gaps()).flatMap(List::stream);
  }

  private static List<Heap> answers() {
    return List.of(
        new Heap("answers by In-Reply-To alone", "a b c")
            .mail("a", ANA, SHOP, "Bike")
            .mail("b", SHOP, ANA, "Re: Bike", "In-Reply-To: <a@x.example>")
            .mail("c", ANA, SHOP, "Re: Bike", "In-Reply-To: <b@x.example>"),
        new Heap("answers by References alone, folded", "a b c")
            .mail("a", ANA, SHOP, "Bike")
            .mail("b", SHOP, ANA, "Re: Bike", "References: <a@x.example>")
            .mail("c", ANA, SHOP, "Re: Bike", "References: <a@x.example>\n\t<b@x.example>"),
        new Heap("a copied person answers", "a b")
            .mail("a", ANA, SHOP + "; " + BEN, "Bike")
            .mail("b", BEN, SHOP, "AW: Bike", "In-Reply-To: <a@x.example>"),
        new Heap("somebody whom a participant told of it answers to all", "a b")
            .mail("a", ANA, SHOP, "Bike")
            .mail("b", CARLA, ANA + "; " + SHOP, "Re: Bike", "References: <a@x.example>"),
        new Heap("an answer with another subject", "a b")
            .mail("a", ANA, SHOP, "Bike")
            .mail("b", ANA, SHOP, "One more thing", "In-Reply-To: <a@x.example>"),
        new Heap("an absence notice is filed with what it answers", "a b c")
            .mail("a", ANA, SHOP, "Bike")
            .mail("b", SHOP, ANA, "Re: Bike", "In-Reply-To: <a@x.example>")
            .mail(
                "c",
                ANA,
                SHOP,
                "Automatic reply: Bike",
                "In-Reply-To: <b@x.example>\nAuto-Submitted: auto-replied"),
        new Heap("a mailing list, where everybody answers to the list", "a b c")
            .mail("a", ANA, "riders@list.example", "Tyres", "List-Id: <riders.list.example>")
            .mail(
                "b",
                BEN,
                "riders@list.example",
                "Re: [riders] Tyres",
                "In-Reply-To: <a@x.example>\nList-Id: <riders.list.example>")
            .mail(
                "c",
                CARLA,
                "riders@list.example",
                "Re: Tyres",
                "References: <a@x.example> <b@x.example>\nList-Id: <riders.list.example>"),
        new Heap("one person writes their address in two ways", "a b")
            .mail("a", "Ana@Customer.Example", SHOP, "Bike")
            .mail("b", ANA, SHOP, "Re: Bike", "In-Reply-To: <a@x.example>"));
  }

  private static List<Heap> oddIds() {
    return List.of(
        new Heap("no brackets anywhere", "a b")
            .mail("a", ANA, SHOP, "Bike", "Message-ID: a@x.example")
            .mail("b", ANA, SHOP, "Re: Bike", "References: other@x.example a@x.example"),
        new Heap("a comment behind the Message-ID", "a b")
            .mail("a", ANA, SHOP, "Bike", "Message-ID: a@x.example (made by hand)")
            .mail("b", ANA, SHOP, "Re: Bike", "In-Reply-To: <a@x.example> (Ana's message)"),
        new Heap("In-Reply-To in words, as RFC 822 had it", "a b")
            .mail("a", ANA, SHOP, "Bike")
            .mail(
                "b",
                ANA,
                SHOP,
                "Re: Bike",
                "In-Reply-To: Your message of \"Mon, 2 Mar 2026 08:00:00 +0000.\"\n"
                    + "             <a@x.example>"),
        new Heap("several in In-Reply-To", "a b c")
            .mail("a", ANA, SHOP, "Bike")
            .mail("b", SHOP, ANA, "Re: Bike", "In-Reply-To: <a@x.example>")
            .mail("c", ANA, SHOP, "Re: Bike", "In-Reply-To: <unknown@x.example> <b@x.example>"),
        new Heap("a server changed the case", "a b")
            .mail("a", ANA, SHOP, "Bike", "Message-ID: <AbC@X.example>")
            .mail("b", ANA, SHOP, "Re: Bike", "In-Reply-To: <ABC@X.EXAMPLE>"),
        new Heap("domain literals, no domain, commas", "a b c d")
            .mail("a", ANA, SHOP, "Bike", "Message-ID: <a@[192.0.2.1]>")
            .mail("b", ANA, SHOP, "Re: Bike", "Message-ID: <b>\nReferences: <a@[192.0.2.1]>")
            .mail("c", ANA, SHOP, "Re: Bike", "References: <x@y>,<b>")
            .mail("d", ANA, SHOP, "Re: Bike", "References:<x@y><c@x.example>"),
        new Heap("no Message-ID at all", "a", "b")
            .mail("a", ANA, SHOP, "Bike", "Message-ID: none\nX-Odd: 1")
            .mail("b", ANA, SHOP, "Bike", "Message-ID: none\nX-Odd: 2"),
        new Heap("one Message-ID for two matters", "a c", "b")
            .mail("a", ANA, SHOP, "Bike", "Message-ID: <1@x.example>")
            .mail("b", BEN, SHOP, "Invoice", "Message-ID: <1@x.example>")
            .mail("c", ANA, SHOP, "Re: Bike", "In-Reply-To: <1@x.example>"),
        new Heap("the same mail on two ways, each with lines of its own", "a b")
            .raw("a", copy("Received: from one"))
            .raw("b", copy("Received: from two")));
  }

  private static String copy(String field) {
    return """
        %s
        From: ana@customer.example
        To: help@shop.example
        Subject: Bike
        Date: Mon, 2 Mar 2026 08:00:00 +0000
        Message-ID: <twice@x.example>

        Where is it?
        """
        .formatted(field);
  }

  private static List<Heap> strangers() {
    return List.of(
        new Heap("one subject of many people", "a", "b", "c", "d")
            .mail("a", ANA, SHOP, "Order")
            .mail("b", BEN, SHOP, "Order")
            .mail("c", CARLA, SHOP, "Re: Order")
            .mail("d", ANA, SHOP, "Order"),
        new Heap("a stranger who knows a Message-ID", "a b", "c")
            .mail("a", ANA, SHOP, "Bike")
            .mail("b", SHOP, ANA, "Re: Bike", "In-Reply-To: <a@x.example>")
            .mail(
                "c",
                MALLORY,
                SHOP,
                "Re: Bike",
                "References: <a@x.example>\nIn-Reply-To: <b@x.example>"),
        new Heap("a stranger with Ana's name", "a", "b")
            .mail("a", "Ana Silva <" + ANA + ">", SHOP, "Bike")
            .mail(
                "b",
                "\"Ana Silva <" + ANA + ">\" <" + MALLORY + ">",
                SHOP,
                "Re: Bike",
                "In-Reply-To: <a@x.example>"),
        new Heap("whoever claims two senders has part in nothing", "a", "b")
            .mail("a", ANA, SHOP, "Bike")
            .mail("b", ANA + ", " + MALLORY, SHOP, "Re: Bike", "In-Reply-To: <a@x.example>"),
        new Heap("a number in the subject alone", "a", "b")
            .mail("a", ANA, SHOP, "Bike [#123456789]")
            .mail("b", BEN, SHOP, "Re: Bike [#123456789]"),
        new Heap("a token that nobody here signed", "a", "b")
            .mail("a", ANA, SHOP, "Bike")
            .mail(
                "b",
                BEN,
                SHOP,
                "Re: Bike",
                "In-Reply-To: <e1.n.c." + "0".repeat(32) + "@shop.example>"),
        new Heap("a mail that was sent on is a matter of its own", "a", "b")
            .mail("a", ANA, SHOP, "Bike")
            .mail("b", CARLA, SHOP, "Fwd: Bike", "References: <elsewhere@x.example>"));
  }

  private static List<Heap> programs() {
    List<Heap> heaps = new ArrayList<>();
    for (String references : List.of("<root@erp.example>", "<order1@x.example>")) {
      Heap orders = new Heap("one References for all of a program: " + references, names(40));
      for (int i = 1; i <= 40; i++) {
        orders.mail(
            "order" + i,
            "noreply@erp.example",
            SHOP,
            "Order " + (4000 + i),
            "References: " + references);
      }
      heaps.add(orders);
    }
    Heap repeated = new Heap("one Message-ID for all of a program", names(40));
    for (int i = 1; i <= 40; i++) {
      repeated.mail(
          "order" + i,
          "noreply@erp.example",
          SHOP,
          "Order " + i,
          "Message-ID: <erp@erp.example>\nReferences: <erp@erp.example>");
    }
    heaps.add(repeated);
    return heaps;
  }

  private static String[] names(int count) {
    return Stream.iterate(1, i -> i + 1).limit(count).map(i -> "order" + i).toArray(String[]::new);
  }

  private static List<Heap> gaps() {
    return List.of(
        new Heap("the middle never came", "a c")
            .mail("a", ANA, SHOP, "Bike")
            .mail("c", ANA, SHOP, "Re: Bike", "References: <a@x.example> <b@x.example>"),
        new Heap("the first never came, and two answers to it did", "b c")
            .mail("b", ANA, SHOP, "Re: Offer", "In-Reply-To: <ours@shop.example>")
            .mail("c", ANA, SHOP, "AW: Offer", "In-Reply-To: <ours@shop.example>"),
        new Heap("the first never came, and people who know each other answer", "b c")
            .mail("b", ANA, SHOP + "; " + BEN, "Re: Offer", "References: <ours@shop.example>")
            .mail("c", BEN, SHOP, "Re: Offer", "References: <ours@shop.example>"),
        new Heap("people who do not know each other answer what never came", "b", "c")
            .mail("b", ANA, SHOP, "Re: Offer", "References: <ours@shop.example>")
            .mail("c", BEN, SHOP, "Re: Offer", "References: <ours@shop.example>"),
        new Heap("a clock is years behind", "a b")
            .mail("a", ANA, SHOP, "Bike")
            .raw(
                "b",
                """
                From: ben@customer.example
                To: help@shop.example, ana@customer.example
                Subject: Re: Bike
                Date: Thu, 1 Jan 1970 00:00:00 +0000
                Message-ID: <b@x.example>
                In-Reply-To: <a@x.example>

                Yes.
                """),
        new Heap("two that name one another", "a b")
            .mail("a", ANA, SHOP, "Bike", "In-Reply-To: <b@x.example>")
            .mail("b", ANA, SHOP, "Re: Bike", "In-Reply-To: <a@x.example>"),
        new Heap("one that names itself", "a")
            .mail("a", ANA, SHOP, "Bike", "In-Reply-To: <a@x.example>"));
  }

  @TestFactory
  Stream<DynamicTest> heaps_make_the_same_conversations_in_any_order() {
    return heaps()
        .map(heap -> DynamicTest.dynamicTest(heap.story, () -> makesWhatIsExpected(heap)));
  }

  private void makesWhatIsExpected(Heap heap) throws IOException {
    Path place = Files.createTempDirectory(folder, "heap");
    List<String> files = new ArrayList<>();
    heap.mails.forEach((name, text) -> files.add(write(place.resolve(name), text)));
    for (int round = 0; round < 4; round++) {

      Ran ran =
          Ran.engage("", Stream.concat(Stream.of("thread"), files.stream()).toArray(String[]::new));

      assertThat(conversations(ran)).as(ran.out()).isEqualTo(heap.expected);
      assertThat(ran.objects())
          .allSatisfy(
              each ->
                  assertThat(each.get("decisions"))
                      .allSatisfy(why -> assertThat(why.get("thread").asText()).isNotBlank()));
      Collections.shuffle(files, new Random(round));
    }
  }

  private static Set<Set<String>> conversations(Ran ran) {
    return ran.objects().stream()
        .map(each -> names(each.get("messages")))
        .collect(Collectors.toSet());
  }

  private static Set<String> names(JsonNode files) {
    return StreamSupport.stream(files.spliterator(), false)
        .map(file -> Path.of(file.asText()).getFileName().toString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String write(Path file, String text) {
    try {
      return Files.writeString(file, text).toString();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
