package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.address.Address;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.customer.CustomerId;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import io.engage.model.message.TrustLevel;
import io.engage.spi.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Conversations and customers, as mail really comes and goes. */
class ThreadsOverMailTest {
  private final Street street = new Street();

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  @Tag("G-24")
  void a_hundred_answers_to_one_mailing_are_a_hundred_conversations_each_with_its_customer() {
    for (int i = 0; i < 100; i++) {
      street.customers.with("c" + i, "Customer " + i, EmailAddress.of(customer(i)));
      street.arrives(Street.mailFrom(customer(i), "first" + i + "@customer.example", "Hello"));
    }
    street.sync();
    for (Conversation each : street.open()) {
      street.clara.reply(
          each.id(), Reply.of("Our spring offer, the same for all").withoutHistory());
    }
    street.engage.outbox().workOff();
    Map<String, Message> sent =
        street.open().stream()
            .map(street::lastMessage)
            .collect(
                Collectors.toMap(
                    each -> each.headers().to().get(0).address().value(), each -> each));

    for (int i = 0; i < 100; i++) {
      String from = customer((i * 37) % 100);
      street.arrives(answer(from, sent.get(from).headers().messageId(), i));
    }
    street.sync();

    assertThat(street.open()).hasSize(100);
    assertThat(street.open())
        .allSatisfy(
            each -> {
              assertThat(street.messages(each)).hasSize(3);
              Message answer = street.lastMessage(each);
              String from = answer.headers().from().get(0).address().localPart();
              assertThat(answer.trust()).isEqualTo(TrustLevel.TOKEN);
              assertThat(answer.state().customer()).isEqualTo(CustomerId.of(from));
              assertThat(each.state().customer()).isEqualTo(CustomerId.of(from));
            });
  }

  @Test
  @Tag("TH-1")
  void an_answer_that_came_before_its_question_and_two_answers_to_what_never_came_join() {
    street.arrives(followed("early", "In-Reply-To: <question@customer.example>"));
    street.sync();
    street.arrives(Street.fromAna("question@customer.example", "Where is it?"));
    street.sync();
    street.arrives(followed("one", "References: <lost@customer.example>"));
    street.sync();
    street.arrives(followed("two", "References: <lost@customer.example>"));

    street.sync();

    assertThat(street.open()).extracting(Conversation::messages).containsExactlyInAnyOrder(2, 2);
  }

  @Test
  @Tag("TH-1")
  void the_number_stands_in_the_subject_only_when_wanted_and_finds_the_conversation() {
    street.arrives(Street.fromAna("1@customer.example", "Where is it?"));
    street.sync();
    Conversation bike = street.onlyConversation();
    try (Engage numbering =
        Engage.builder()
            .storage(street.storage)
            .blobs(street.blobs)
            .mail(street.mail)
            .customers(street.customers)
            .account(Street.ACCOUNT)
            .signingKeys(Shop.KEY)
            .clock(street.clock)
            .numbersInSubjects()
            .build()) {
      numbering.deskOf(Shop.CLARA).reply(bike.id(), Reply.of("It is ready."));
    }
    String subject = street.lastMessage(bike).headers().subject();
    street.arrives(
        Street.fromAna("2@customer.example", "Thanks")
            .replace("Subject: My bike", "Subject: " + subject));
    street.arrives(
        Street.mailFrom("mallory@evil.example", "3@evil.example", "Hello")
            .replace("Subject: My bike", "Subject: " + subject));

    street.sync();

    assertThat(subject).isEqualTo("Re: My bike " + ConversationNumber.of(bike.id()).inSubject());
    assertThat(street.messages(bike)).hasSize(3);
    assertThat(street.open()).hasSize(2);
    assertThat(street.open()).extracting(Conversation::subject).containsOnly("My bike");
  }

  @Test
  @Tag("WK-10")
  @Tag("G-22")
  void every_decision_on_a_message_stands_in_its_audit_trail_with_what_it_rests_on() {
    street.arrives(
        Street.fromAna("1@customer.example", "Where is it?")
            .replace(
                "From:",
                "Authentication-Results: mx.shop.example; dmarc=pass header.from=customer.example\n"
                    + "From:"));
    street.sync();

    List<AuditFact> facts =
        street.clara.auditTrail(street.lastMessage(street.onlyConversation()).id()).stream()
            .map(AuditEntry::fact)
            .toList();

    assertThat(facts)
        .anySatisfy(
            fact ->
                assertThat(fact)
                    .isInstanceOfSatisfying(
                        AuditFact.Received.class,
                        received ->
                            assertThat(received.evidence())
                                .contains("sender verified: our mail server says dmarc=pass")))
        .contains(new AuditFact.ConversationOpened("it names no earlier message"))
        .contains(
            new AuditFact.LinkedToCustomer(
                CustomerId.of("ana"),
                "first of 1 customers with the sender's address (sender verified)"));
  }

  @Test
  @Tag("G-8")
  void the_number_of_questions_to_the_store_does_not_depend_on_the_size_of_a_batch() {
    long few = questionsFor(2);
    long many = questionsFor(90);

    assertThat(many).isEqualTo(few).isBetween(5L, 6L);
  }

  @Test
  @Tag("G-27")
  void one_customer_has_many_addresses_and_local_parts_are_never_guessed() {
    Random random = new Random(27);
    for (int i = 0; i < 500; i++) {
      String local = local(random);
      String domain = local(random) + ".Example";
      EmailAddress address = EmailAddress.of(local + "@" + domain);
      CustomerId owner = CustomerId.of("owner" + i);
      street.customers.with(owner.value(), "Owner", address);
      EmailAddress shouted =
          EmailAddress.of(local + "@" + domain.toUpperCase(java.util.Locale.ROOT));
      EmailAddress detailed = EmailAddress.of(local + "+x@" + domain);
      EmailAddress dotted =
          EmailAddress.of(local.charAt(0) + "." + local.substring(1) + "@" + domain);

      Map<Address, List<CustomerId>> found =
          street.customers.findByAddresses(List.of(shouted, detailed, dotted));

      assertThat(found).containsOnlyKeys(shouted);
      assertThat(found.get(shouted)).contains(owner);
    }
  }

  private static String local(Random random) {
    return random
        .ints(6, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /**
   * How often one batch of so many mails (a hundred is the most), each with ancestors and a number,
   * asks the store.
   */
  private static long questionsFor(int mails) {
    Map<String, Integer> calls = new ConcurrentHashMap<>();
    try (Street counted = new Street();
        Engage engage =
            counted.engageOn(counting(Storage.class, counted.storage, calls), counted.mail)) {
      counted.arrives(Street.mailFrom(customer(0), "0@customer.example", "Hello"));
      engage.mail().sync(Shop.ACCOUNT);
      calls.clear();
      for (int i = 1; i <= mails; i++) {
        counted.arrives(
            Street.mailFrom(customer(i), i + "@customer.example", "Hello")
                .replace(
                    "Subject: My bike",
                    "Subject: Re: My bike [#123456789]\nReferences: <a"
                        + i
                        + "@x> <0@customer.example>"));
      }
      engage.mail().sync(Shop.ACCOUNT);
      assertThat(counted.list(ConversationFilter.all())).isNotEmpty();
      return calls.entrySet().stream()
          .filter(
              each ->
                  Set.of(
                          "withSource",
                          "withMessageId",
                          "naming",
                          "numbered",
                          "conversations",
                          "sms",
                          "messages")
                      .contains(each.getKey()))
          .mapToInt(Map.Entry::getValue)
          .sum();
    }
  }

  /** Counts the calls of a port and of the ports that it gives. */
  private static <T> T counting(Class<T> port, T real, Map<String, Integer> calls) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, args) -> {
              calls.merge(method.getName(), 1, Integer::sum);
              try {
                Object result = method.invoke(real, args);
                return method.getDeclaringClass() == Storage.class && result != null
                    ? countingAny(method.getReturnType(), result, calls)
                    : result;
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            }));
  }

  private static <T> Object countingAny(Class<T> port, Object real, Map<String, Integer> calls) {
    return counting(port, port.cast(real), calls);
  }

  private static String customer(int i) {
    return "c" + i + "@customer.example";
  }

  private static String answer(String from, Object messageId, int i) {
    return Street.mailFrom(from, "answer" + i + "@customer.example", "Yes, please")
        .replace("Subject: My bike", "Subject: Re: My bike\nIn-Reply-To: <" + messageId + ">");
  }

  private static String followed(String id, String field) {
    return Street.fromAna(id + "@customer.example", "More")
        .replace("Subject: My bike", "Subject: Re: My bike\n" + field);
  }
}
