package io.engage.core.folding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("WK-14")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FoldingTest {
  private static final String MINE = "Yes, Tuesday is fine.\n\nAna";

  static Stream<String> attributions() {
    return Stream.of(
        "On Fri, May 3, 2024 at 10:30 AM Shop <shop@shop.example> wrote:",
        "On Fri, May 3, 2024 at 10:30 AM A Shop With A Very Long Name <\nshop@shop.example> wrote:",
        "On 3 May 2024, at 10:30, Shop <shop@shop.example> wrote:",
        "On 03/05/2024 10:30, Shop wrote:",
        "On Friday, 3 May 2024, 10:30:00 CEST, Shop <shop@shop.example> wrote:",
        "Le ven. 3 mai 2024 à 10:30, Boutique <shop@shop.example> a écrit :",
        "Le 03/05/2024 à 10:30, Boutique a écrit\u00a0:",
        "El vie, 3 may 2024 a las 10:30, Tienda (<shop@shop.example>) escribió:",
        "Il giorno ven 3 mag 2024 alle ore 10:30 Negozio <shop@shop.example> ha scritto:",
        "Il 03/05/2024 10:30, Negozio ha scritto:",
        "Am Fr., 3. Mai 2024 um 10:30 Uhr schrieb Laden <shop@shop.example>:",
        "Am 03.05.24 um 10:30 schrieb Laden:",
        "Em sex., 3 de mai. de 2024 às 10:30, Loja <shop@shop.example> escreveu:",
        "Op vr 3 mei 2024 om 10:30 schreef Winkel <shop@shop.example>:",
        "Op 3 mei 2024, om 10:30 heeft Winkel <shop@shop.example> het volgende geschreven:",
        "Den fre 3 maj 2024 kl 10:30 skrev Butik <shop@shop.example>:",
        "W dniu 3.05.2024 o 10:30, Sklep pisze:\nSklep <shop@shop.example> napisał(a):",
        "2024-05-03 10:30 GMT+02:00 Shop <shop@shop.example>:",
        "---- On Fri, 03 May 2024 10:30:00 +0200 Shop <shop@shop.example> wrote ----");
  }

  @ParameterizedTest
  @MethodSource("attributions")
  void an_answer_above_marked_history_is_what_was_written_now(String attribution) {
    String text = MINE + "\n\n" + attribution + "\n\n> Is Tuesday fine?\n>\n> The shop\n";

    Folded folded = Folding.decide(text);

    assertThat(folded.visible()).isEqualTo(MINE);
    assertThat(folded.folds()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("attributions")
  void an_answer_below_marked_history_stays(String attribution) {
    String text = attribution + "\n> Is Tuesday fine?\n> The shop\n\n" + MINE;

    Folded folded = Folding.decide(text);

    assertThat(folded.visible()).isEqualTo(MINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: Shop <shop@shop.example>\n"
            + "Sent: Friday, May 3, 2024 10:30 AM\n"
            + "To: Ana Ruiz\n"
            + "Subject: Your order",
        "*From:* Shop <shop@shop.example>\n"
            + "*Sent:* Friday, May 3, 2024 10:30 AM\n"
            + "*To:* Ana\n"
            + "*Subject:* Your order",
        "________________________________\n"
            + "From: Shop\n"
            + "Sent: Friday, May 3, 2024 10:30 AM\n"
            + "To: Ana; Ben\n"
            + "Cc: Cleo\n"
            + "Subject: Your order",
        "-----Original Message-----\n"
            + "From: Shop [mailto:shop@shop.example]\n"
            + "Sent: Friday, May 3, 2024\n"
            + "To: Ana\n"
            + "Subject: Your order",
        "-------- Original message --------\n"
            + "From: Shop <shop@shop.example>\n"
            + "Date: 03/05/2024 10:30 (GMT+01:00)\n"
            + "To: ana@mail.example\n"
            + "Subject: Your order",
        "Von: Laden <shop@shop.example>\n"
            + "Gesendet: Freitag, 3. Mai 2024 10:30\n"
            + "An: Ana\n"
            + "Betreff: Ihre Bestellung",
        "Gesendet: Freitag, 03. Mai 2024 um 10:30 Uhr\n"
            + "Von: \"Laden\" <shop@shop.example>\n"
            + "An: ana@mail.example\n"
            + "Betreff: Ihre Bestellung",
        "-----Ursprüngliche Nachricht-----\n"
            + "Von: Laden\n"
            + "Gesendet: Freitag\n"
            + "An: Ana\n"
            + "Betreff: Ihre Bestellung",
        "De : Boutique <shop@shop.example>\n"
            + "Envoyé : vendredi 3 mai 2024 10:30\n"
            + "À : Ana\n"
            + "Objet : Votre commande",
        "-------- Message d'origine --------\n"
            + "De : Boutique\n"
            + "Date : 03/05/2024 10:30\n"
            + "À : Ana\n"
            + "Objet : Votre commande",
        "De: Tienda <shop@shop.example>\n"
            + "Enviado: viernes, 3 de mayo de 2024 10:30\n"
            + "Para: Ana\n"
            + "Asunto: Su pedido",
        "Da: Negozio <shop@shop.example>\n"
            + "Inviato: venerdì 3 maggio 2024 10:30\n"
            + "A: Ana\n"
            + "Oggetto: Il suo ordine",
        "De: Loja <shop@shop.example>\n"
            + "Enviada em: sexta-feira, 3 de maio de 2024 10:30\n"
            + "Para: Ana\n"
            + "Assunto: Sua encomenda",
        "Van: Winkel <shop@shop.example>\n"
            + "Verzonden: vrijdag 3 mei 2024 10:30\n"
            + "Aan: Ana\n"
            + "Onderwerp: Uw bestelling",
        "-----Oorspronkelijk bericht-----\n"
            + "Van: Winkel\n"
            + "Verzonden: vrijdag\n"
            + "Aan: Ana\n"
            + "Onderwerp: Uw bestelling",
        "On Friday, 3 May 2024, 10:30:00 CEST, Shop <shop@shop.example> wrote:",
        "##- Please type your reply above this line -##"
      })
  void history_without_marks_folds_below_an_answer(String marker) {
    String text = MINE + "\n\n" + marker + "\n\nIs Tuesday fine?\n\nThe shop\n";

    Folded folded = Folding.decide(text);

    assertThat(folded.visible()).isEqualTo(MINE);
    assertThat(folded.folds()).hasSize(1);
  }

  @Test
  void interleaved_answers_stay_and_only_the_quotes_fold() {
    String text =
        """
        Hello,

        On 03/05/2024 10:30, Shop wrote:
        > Which size?
        Size M, please.

        > And which colour?
        > We have blue and red.

        Blue.
        > Shall we deliver?
        No, I come by.
        """;

    Folded folded = Folding.decide(text);

    assertThat(folded.visible().lines().filter(line -> !line.isBlank()))
        .containsExactly("Hello,", "Size M, please.", "Blue.", "No, I come by.");
    assertThat(folded.folds()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "See my answers below.",
        "Antworten siehe unten in rot.",
        "Mes réponses ci-dessous.",
        "Vedi sotto le mie risposte.",
        "Mis respuestas más abajo.",
        "Mijn antwoorden staan hieronder.",
        "Respondo abaixo."
      })
  void answers_within_unmarked_history_are_never_hidden(String hint) {
    String text =
        hint
            + """


            From: Shop <shop@shop.example>
            Sent: Friday, May 3, 2024 10:30 AM
            To: Ana Ruiz
            Subject: Your order

            Which size?
            Size M, please.
            """;

    Folded folded = Folding.decide(text);

    assertThat(folded.visible()).contains("Size M, please.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "We need:\n>50 pieces of each\nThanks",
        "From: Paris\nTo: London\nDate: 3 May\n\nCan you ship this?",
        "Hello,\n\nFrom: the door\nTo: the window it is 3 m.\n\nWhat do you have?",
        "On Monday your colleague wrote:\n\nIt is ready.\n\nIt was not!",
        "My order of 3 May 2024, 10:30:\n\n- two racks\n- one lamp",
        "Date: 3 May\nSubject: my complaint is this.\n\nThe lamp is broken.",
        "-----\nA line of dashes\n-----\nand more",
        "Hello\n\n-- \nAna Ruiz\nPhone: +1 415 555 0123",
        "Sent from my iPhone",
        ">From here on I write myself."
      })
  void what_a_person_wrote_never_folds(String text) {
    Folded folded = Folding.decide(text);

    assertThat(folded.folds()).isEmpty();
    assertThat(folded.visible()).isEqualTo(text.strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "-------- Weitergeleitete Nachricht --------",
        "---------- Message transféré ----------",
        "---------- Mensaje reenviado ----------",
        "---------- Messaggio inoltrato ----------"
      })
  void a_forwarded_mail_is_shown(String marker) {
    String text =
        "Please see to this:\n\n"
            + marker
            + "\nFrom: Ben <ben@mail.example>\nDate: Fri, 3 May 2024\nSubject: Lamp\nTo: Ana\n\n"
            + "The lamp is broken.\n> as I said\n> twice\n";

    Folded folded = Folding.decide(text);

    assertThat(folded.visible()).isEqualTo(text.strip());
  }

  @Test
  void a_mail_of_nothing_but_history_is_shown() {
    String text = "From: Shop\nSent: Friday\nTo: Ana\nSubject: Lamp\n\nIs it broken?";

    Folded folded = Folding.decide(text);

    assertThat(folded.visible()).isEqualTo(text);
    assertThat(folded.folds()).isEmpty();
  }

  @Test
  void text_and_folds_give_the_whole_text_back() {
    Random random = new Random(11);
    String[] pieces = {
      "> quoted\n",
      "mine\n",
      "\n",
      "On 03/05/2024 10:30, Shop <s@s.example> wrote:\n",
      ">\n",
      "-----Original Message-----\n",
      "From: a@b.example\nSent: x\nTo: y\nSubject: z\n",
      ">> deep\n",
      "wrote:\n",
      "  > indented\n",
      "x".repeat(700) + "\n",
      "---- Forwarded message ----\n",
      "\r\n"
    };
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      random.ints(random.nextInt(25), 0, pieces.length).forEach(i -> text.append(pieces[i]));

      Folded folded = Folding.decide(text.toString());

      int end = 0;
      StringBuilder rest = new StringBuilder();
      for (Fold fold : folded.folds()) {
        assertThat(fold.from()).isGreaterThanOrEqualTo(end);
        rest.append(text, end, fold.from());
        end = fold.to();
      }
      rest.append(text, end, text.length());
      assertThat(folded.visible()).isEqualTo(rest.toString().strip());
    }
  }

  @Test
  @Tag("SY-3")
  void words_without_any_mark_never_fold() {
    Random random = new Random(14);
    String[] words = {
      "yes",
      "No,",
      "on",
      "Monday",
      "wrote",
      "escribió",
      "a écrit",
      "schrieb",
      "Ana",
      "10:15",
      "2025",
      "from",
      "to",
      "original message",
      "forwarded",
      "reply",
      "3.3.2025",
      "-",
      "\n",
      "\n\n",
      ".\n"
    };
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(random.nextInt(60), 0, words.length)
          .forEach(i -> text.append(words[i]).append(' '));

      Folded folded = Folding.decide(text.toString(), Occasion.ANSWER);

      assertThat(folded.folds()).isEmpty();
      assertThat(folded.visible()).isEqualTo(text.toString().strip());
    }
  }
}
