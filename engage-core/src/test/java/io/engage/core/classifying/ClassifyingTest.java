package io.engage.core.classifying;

import static io.engage.core.classifying.RawMail.classified;
import static io.engage.core.classifying.RawMail.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.message.MessageKind;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("SY-7")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ClassifyingTest {

  static Stream<Arguments> absences() {
    return Stream.of(
        absence("Automatic reply: Your order", "I am out of the office until Monday, 6 May."),
        absence("Out of Office: Your order", "I am on annual leave and will be back on 6 May."),
        absence("Out of Office AutoReply: Your order", "I'm away from my desk this week."),
        absence(
            "Réponse automatique : Votre commande", "Je suis absente du bureau jusqu'au 6 mai."),
        absence("Absence du bureau", "Je suis en vacances du 1er au 6 mai."),
        absence("Respuesta automática: Su pedido", "Estoy de vacaciones hasta el 6 de mayo."),
        absence(
            "Fuera de la oficina",
            "Estaré fuera hasta el lunes. Me encuentro fuera de la oficina."),
        absence("Risposta automatica: Il suo ordine", "Sono in ferie fino al 6 maggio."),
        absence("Fuori sede", "Sono assente dall'ufficio e rientrerò il 6 maggio."),
        absence("Automatische Antwort: Ihre Bestellung", "Ich bin derzeit abwesend."),
        absence("Abwesenheitsnotiz", "Ich bin bis zum 6. Mai im Urlaub."),
        absence("Resposta automática: Sua encomenda", "Estou de férias até 6 de maio."),
        absence("Ausência temporária", "Estarei ausente até segunda-feira."),
        absence("Automatisch antwoord: Uw bestelling", "Ik ben afwezig tot 6 mei."),
        absence("Afwezig: Uw bestelling", "Ik ben met vakantie tot 6 mei."));
  }

  private static Arguments absence(String subject, String text) {
    return Arguments.of(subject, text);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("absences")
  @Tag("G-26")
  void an_absence_is_told_by_subject_and_words_when_headers_were_lost(String subject, String text) {
    Classification mail = classified(person("Subject: " + subject, text));

    assertThat(mail.kind()).isEqualTo(MessageKind.OUT_OF_OFFICE);
    assertThat(mail.answerable().allowed()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-replied (vacation)",
        "Auto-Submitted: auto-generated; owner-email=\"ana@mail.example\"",
        "X-Autoreply: yes",
        "X-Autorespond: Your order",
        "Precedence: auto_reply",
        "X-FC-MachineGenerated: true",
        "X-Mail-Autoreply: test",
        "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent"
      })
  @Tag("G-25")
  void a_header_is_enough_for_an_automatic_answer(String field) {
    String fields = field + "\nSubject: Re: Your order";

    Classification receipt = classified(person(fields, "We will come back to you."));
    Classification absence = classified(person(fields, "I am on vacation until Monday."));

    assertThat(receipt.kind()).isEqualTo(MessageKind.AUTO_REPLY);
    assertThat(absence.kind()).isEqualTo(MessageKind.OUT_OF_OFFICE);
    assertThat(receipt.answerable().allowed()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Out of office hours? | When do you open on Saturdays?",
        "Out of office hours pickup | Can I come at nine?",
        "On holiday until Monday, please keep my order | I am on holiday, back on 6 May.",
        "Re: Automatic reply: order 17 | Your machine answered me, and nobody else did.",
        "Holiday message card | Do you print a holiday message on cards?",
        "Auto parts | I need a mirror for a 2012 van.",
        "Vacation rental keys | Please copy two keys.",
        "Absence | Pourquoi votre magasin était-il fermé ?",
        "Urlaub | Ich bin im Urlaub, bitte liefern Sie erst am 6. Mai.",
        "Your automatic reply | It says out of the office. Who is in?",
        "Delivery failed | My parcel was not delivered. Tracking says undeliverable.",
        "Undeliverable parcel | The courier could not deliver it.",
        "Unsubscribe | Please take me off your mailing list.",
        "Call me | My number is +1 415 555 0123, or (415) 555-0199.",
        "SMS from +1 415 555 0123 | Sender: +14155550123",
        "Returned mail order | I returned mail order 17 last week. User unknown, says your site.",
        "Consegna | Il pacco non è stato recapitato, sono fuori ufficio fino a lunedì."
      })
  void a_customer_is_never_called_a_machine(String subject, String text) {
    Classification mail =
        classified(person("Return-Path: <ana@mail.example>\nSubject: " + subject, text));

    assertThat(mail.kind()).isEqualTo(MessageKind.PERSON);
    assertThat(mail.answerable().allowed()).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "List-Id: Knitters <knit.list.example>",
        "List-Unsubscribe: <https://news.example/u>",
        "Precedence: bulk",
        "Precedence: list"
      })
  @Tag("G-25")
  void mail_to_many_is_bulk(String field) {
    Classification mail = classified(person(field + "\nSubject: May", "Offers"));

    assertThat(mail.kind()).isEqualTo(MessageKind.BULK);
    assertThat(mail.answerable().allowed()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Return-Path: <>",
        "X-Auto-Response-Suppress: All",
        "X-Auto-Response-Suppress: DR, OOF",
        "X-Spam-Flag: YES",
        "Reply-To: no-reply@mail.example",
        "Return-Path: <owner-knit@list.example>"
      })
  @Tag("G-25")
  void no_program_answers_a_person_whose_mail_asks_for_none(String field) {
    Classification mail = classified(person(field + "\nSubject: Order", "Is it ready?"));

    assertThat(mail.kind()).isEqualTo(MessageKind.PERSON);
    assertThat(mail.answerable().allowed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "noreply@mail.example", "no-reply@mail.example", "do_not_reply@mail.example",
    "knit-request@list.example", "owner-knit@list.example", "ne-pas-repondre@mail.example",
    "MAILER-DAEMON@mail.example", "bounces@mail.example"
  })
  @Tag("G-25")
  void no_program_answers_a_program(String sender) {
    String raw = person("Subject: Order", "Is it ready?").replace("ana@mail.example", sender);

    assertThat(classified(raw).answerable().allowed()).isFalse();
  }

  @Test
  @Tag("G-26")
  void an_absence_notice_without_reverse_path_is_no_bounce() {
    String fields = "Return-Path: <>\nAuto-Submitted: auto-replied\nSubject: Re: Your order";

    Classification mail =
        classified(person(fields, "Your mail could not be delivered to me, I am on vacation."));

    assertThat(mail.kind()).isEqualTo(MessageKind.OUT_OF_OFFICE);
    assertThat(mail.bounce()).isNull();
  }

  @Test
  @Tag("G-25")
  void auto_submitted_no_is_a_person() {
    Classification mail = classified(person("Auto-Submitted: no\nSubject: Order", "Is it ready?"));

    assertThat(mail.kind()).isEqualTo(MessageKind.PERSON);
    assertThat(mail.answerable().allowed()).isTrue();
  }

  @Test
  @Tag("G-25")
  void a_mail_without_sender_is_not_answered() {
    Classification mail = classified("Subject: Order\n\nIs it ready?\n");

    assertThat(mail.kind()).isEqualTo(MessageKind.PERSON);
    assertThat(mail.answerable().allowed()).isFalse();
  }

  @Test
  void random_bytes_are_classified_within_bounds() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      StringBuilder raw = new StringBuilder();
      random.ints(2_000, 1, 256).forEach(c -> raw.append((char) c));

      Classification mail = classified(raw.toString());

      assertThat(mail.kind()).isNotNull();
    }
  }
}
