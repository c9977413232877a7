package io.engage.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.MailAccount;
import io.engage.model.message.MailContent;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SmtpReply;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailTransport;
import io.engage.spi.MailTransport.Envelope;
import io.engage.spi.MailTransport.EnvelopeSupply;
import io.engage.spi.MailTransport.TransportSession;
import io.engage.spi.PortFailure;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link MailTransport} promises. A subclass says which server it talks to, how that one
 * misbehaves, and what arrived there. Each test begins with a server that has received nothing and
 * takes everything.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class MailTransportContract {
  private static final EmailAddress SHOP = EmailAddress.of("service@shop.example");
  private static final EmailAddress ANA = EmailAddress.of("ana@example.com");
  private static final EmailAddress BEN = EmailAddress.of("ben@example.com");
  private static final byte[] MAIL = mail("It is ready.");

  protected abstract MailTransport transport();

  protected abstract MailAccount account();

  /** What the server took, in order. */
  protected abstract List<Arrived> arrived();

  /** From now on the server refuses this recipient for good, with code 550 and 5.1.1. */
  protected abstract void refuse(EmailAddress recipient);

  /** From now on the server refuses this recipient for the moment, with code 451 and 4.3.0. */
  protected abstract void defer(EmailAddress recipient);

  /** From now on the server refuses every sender for good, with code 550 and 5.1.0. */
  protected abstract void refuseSenders();

  /** The next mail gets lost on the way, before its end was sent. */
  protected abstract void loseNextMail();

  /** The next mail arrives whole, and its answer gets lost. */
  protected abstract void loseNextAnswer();

  /** From now on nobody can connect. */
  protected abstract void stop();

  /** A mail as it arrived. */
  public record Arrived(String sender, List<String> recipients, byte[] source) {}

  @Test
  @Tag("G-30")
  void a_mail_arrives_as_it_is_for_those_on_the_envelope() {
    byte[] mail = mail(".\r\n..\r\nA dot. \r\n.");

    SendOutcome outcome = send(envelope(mail, ANA, BEN));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            SendOutcome.Accepted.class,
            accepted -> {
              assertThat(accepted.refused()).isEmpty();
              assertThat(accepted.reply().isAccepted()).isTrue();
            });
    assertThat(arrived()).hasSize(1);
    assertThat(arrived().get(0).sender()).isEqualTo(SHOP.value());
    assertThat(arrived().get(0).recipients()).containsExactly(ANA.value(), BEN.value());
    assertThat(arrived().get(0).source()).isEqualTo(mail);
  }

  @Test
  @Tag("G-25")
  void an_automatic_answer_goes_out_with_the_empty_sender() {
    SendOutcome outcome = send(new Envelope(null, List.of(ANA), MailContent.of(MAIL)));

    assertThat(outcome).isInstanceOf(SendOutcome.Accepted.class);
    assertThat(arrived()).hasSize(1);
    assertThat(arrived().get(0).sender()).isEmpty();
  }

  @Test
  void one_session_takes_one_mail_after_the_other() {
    try (TransportSession session = open()) {
      for (int i = 0; i < 20; i++) {
        assertThat(session.send(envelope(MAIL, ANA))).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(session.isUsable()).isTrue();
      }
    }

    assertThat(arrived()).hasSize(20);
  }

  @Test
  @Tag("G-43")
  void a_refused_recipient_is_named_and_the_others_get_the_mail() {
    refuse(BEN);

    SendOutcome outcome = send(envelope(MAIL, ANA, BEN));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            SendOutcome.Accepted.class,
            accepted -> {
              assertThat(accepted.refused()).containsOnlyKeys(BEN);
              assertThat(accepted.refused().values())
                  .extracting(SmtpReply::codes)
                  .containsExactly("550 5.1.1");
            });
    assertThat(arrived()).hasSize(1);
    assertThat(arrived().get(0).recipients()).containsExactly(ANA.value());
  }

  @Test
  void a_mail_that_is_taken_for_nobody_is_refused_with_the_answer() {
    refuse(ANA);
    defer(BEN);

    try (TransportSession session = open()) {
      SendOutcome forGood = session.send(envelope(MAIL, ANA));
      SendOutcome forNow = session.send(envelope(MAIL, BEN));

      assertThat(forGood)
          .isInstanceOfSatisfying(
              SendOutcome.Refused.class,
              refused -> {
                assertThat(refused.reply().isTransient()).isFalse();
                assertThat(refused.refused()).containsOnlyKeys(ANA);
                assertThat(refused.stage()).isEqualTo(SendOutcome.Stage.RECIPIENT);
              });
      assertThat(forNow)
          .isInstanceOfSatisfying(
              SendOutcome.Refused.class,
              refused -> {
                assertThat(refused.reply().isTransient()).isTrue();
                assertThat(refused.reply().codes()).isEqualTo("451 4.3.0");
              });
    }
    assertThat(arrived()).isEmpty();
  }

  @Test
  @Tag("DL-9")
  void a_refused_sender_is_told_from_a_refused_recipient() {
    refuseSenders();

    SendOutcome outcome = send(envelope(MAIL, ANA));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            SendOutcome.Refused.class,
            refused -> {
              assertThat(refused.stage()).isEqualTo(SendOutcome.Stage.SENDER);
              assertThat(refused.reply().codes()).isEqualTo("550 5.1.0");
              assertThat(refused.refused()).isEmpty();
            });
    assertThat(arrived()).isEmpty();
  }

  @Test
  @Tag("G-43")
  void a_refused_mail_leaves_nothing_behind_for_the_next() {
    refuse(BEN);

    try (TransportSession session = open()) {
      session.send(envelope(MAIL, BEN));
      SendOutcome next = session.send(envelope(MAIL, ANA));

      assertThat(next).isInstanceOf(SendOutcome.Accepted.class);
    }
    assertThat(arrived()).hasSize(1);
    assertThat(arrived().get(0).recipients()).containsExactly(ANA.value());
  }

  @Test
  @Tag("G-30")
  void a_connection_that_breaks_before_the_end_of_the_mail_has_sent_nothing() {
    loseNextMail();

    try (TransportSession session = open()) {
      SendOutcome outcome = session.send(envelope(MAIL, ANA));

      assertThat(outcome).isInstanceOf(SendOutcome.NothingSent.class);
      assertThat(session.isUsable()).isFalse();
    }
    assertThat(arrived()).isEmpty();
  }

  @Test
  @Tag("G-30")
  void a_mail_without_an_answer_to_its_end_is_in_doubt() {
    loseNextAnswer();

    try (TransportSession session = open()) {
      SendOutcome outcome = session.send(envelope(MAIL, ANA));

      assertThat(outcome).isInstanceOf(SendOutcome.InDoubt.class);
      assertThat(session.isUsable()).isFalse();
    }
    assertThat(arrived()).hasSize(1);
  }

  @Test
  @Tag("G-30")
  void what_the_server_took_stays_accepted_although_its_bytes_cannot_be_closed() {
    try (TransportSession session = open()) {
      SendOutcome outcome = session.send(envelope(new Faulty(Fault.AT_CLOSE), ANA));

      assertThat(outcome).isInstanceOf(SendOutcome.Accepted.class);
    }
    assertThat(arrived()).hasSize(1);
  }

  @Test
  @Tag("G-30")
  void bytes_that_cannot_be_opened_are_not_sent_and_the_session_takes_the_next_mail() {
    try (TransportSession session = open()) {
      SendOutcome away = session.send(envelope(new Away(), ANA));
      SendOutcome next = session.send(envelope(MAIL, BEN));

      assertThat(away).isInstanceOf(SendOutcome.NothingSent.class);
      assertThat(next).isInstanceOf(SendOutcome.Accepted.class);
    }
    assertThat(arrived()).hasSize(1);
    assertThat(arrived().get(0).recipients()).containsExactly(BEN.value());
  }

  @Test
  @Tag("G-30")
  void bytes_that_end_in_a_failure_are_not_sent() {
    try (TransportSession session = open()) {
      SendOutcome outcome = session.send(envelope(new Faulty(Fault.AT_END), ANA));

      assertThat(outcome).isInstanceOf(SendOutcome.NothingSent.class);
    }
    assertThat(arrived()).isEmpty();
  }

  @Test
  void a_session_that_has_ended_sends_nothing_and_says_so() {
    TransportSession session = open();
    session.close();

    SendOutcome outcome = session.send(envelope(MAIL, ANA));

    assertThat(outcome).isInstanceOf(SendOutcome.NothingSent.class);
    assertThat(session.isUsable()).isFalse();
    assertThatCode(session::close).doesNotThrowAnyException();
    assertThat(arrived()).isEmpty();
  }

  @Test
  @Tag("DL-9")
  @Tag("G-43")
  void of_many_mails_each_has_its_outcome_in_order_whatever_becomes_of_the_others() {
    refuse(BEN);
    List<SendOutcome> outcomes = new ArrayList<>();

    try (TransportSession session = open()) {
      session.sendAll(
          supply(
              envelope(mail("one"), ANA),
              envelope(mail("two"), BEN),
              envelope(mail("three"), BEN, ANA),
              envelope(new Away(), ANA),
              envelope(mail("four"), ANA)),
          outcomes::add);

      assertThat(session.isUsable()).isTrue();
    }
    assertThat(outcomes)
        .extracting(SendOutcome::getClass)
        .containsExactly(
            SendOutcome.Accepted.class,
            SendOutcome.Refused.class,
            SendOutcome.Accepted.class,
            SendOutcome.NothingSent.class,
            SendOutcome.Accepted.class);
    assertThat(outcomes.get(1))
        .isInstanceOfSatisfying(
            SendOutcome.Refused.class,
            refused -> assertThat(refused.refused()).containsOnlyKeys(BEN));
    assertThat(outcomes.get(2))
        .isInstanceOfSatisfying(
            SendOutcome.Accepted.class,
            accepted -> assertThat(accepted.refused()).containsOnlyKeys(BEN));
    assertThat(arrived())
        .extracting(Arrived::recipients)
        .containsExactly(List.of(ANA.value()), List.of(ANA.value()), List.of(ANA.value()));
    assertThat(arrived())
        .extracting(Arrived::source)
        .containsExactly(mail("one"), mail("three"), mail("four"));
  }

  @Test
  @Tag("DL-9")
  void one_mail_at_most_is_taken_before_the_outcome_of_the_one_before_is_told() {
    List<SendOutcome> outcomes = new ArrayList<>();
    List<Integer> openWhenAsked = new ArrayList<>();
    List<Integer> openWhenWaitedFor = new ArrayList<>();
    Counted mails = new Counted(5);
    EnvelopeSupply supply =
        new Asked(
            () -> {
              openWhenAsked.add(mails.taken - outcomes.size());
              return mails.next();
            },
            () -> {
              openWhenWaitedFor.add(mails.taken - outcomes.size());
              return mails.next();
            });

    try (TransportSession session = open()) {
      session.sendAll(supply, outcomes::add);
    }

    assertThat(outcomes).hasSize(5).allMatch(SendOutcome.Accepted.class::isInstance);
    assertThat(openWhenAsked).allMatch(open -> open <= 1);
    assertThat(openWhenWaitedFor).isNotEmpty().allMatch(open -> open == 0);
  }

  @Test
  @Tag("DL-9")
  void no_mail_hangs_back_while_the_next_is_waited_for() {
    List<SendOutcome> outcomes = new ArrayList<>();
    List<Integer> arrivedWhenWaitedFor = new ArrayList<>();
    List<Integer> toldWhenWaitedFor = new ArrayList<>();
    Counted mails = new Counted(3);
    EnvelopeSupply supply =
        new Asked(
            Optional::empty,
            () -> {
              arrivedWhenWaitedFor.add(arrived().size());
              toldWhenWaitedFor.add(outcomes.size());
              return mails.next();
            });

    try (TransportSession session = open()) {
      session.sendAll(supply, outcomes::add);
    }

    assertThat(arrivedWhenWaitedFor).containsExactly(0, 1, 2, 3);
    assertThat(toldWhenWaitedFor).containsExactly(0, 1, 2, 3);
  }

  @Test
  @Tag("G-30")
  @Tag("G-40")
  @Tag("DL-12")
  void when_an_answer_gets_lost_that_mail_alone_is_in_doubt_and_no_further_is_taken() {
    loseNextAnswer();
    List<SendOutcome> outcomes = new ArrayList<>();
    Counted mails = new Counted(5);

    try (TransportSession session = open()) {
      session.sendAll(new Asked(mails::next, mails::next), outcomes::add);

      assertThat(session.isUsable()).isFalse();
    }
    assertThat(outcomes).first().isInstanceOf(SendOutcome.InDoubt.class);
    assertThat(outcomes).hasSizeLessThanOrEqualTo(2).hasSize(mails.taken);
    assertThat(outcomes.subList(1, outcomes.size()))
        .allMatch(SendOutcome.NothingSent.class::isInstance);
    assertThat(arrived()).hasSize(1);
  }

  @Test
  @Tag("G-30")
  @Tag("G-40")
  void when_the_connection_breaks_before_an_end_nothing_was_sent_and_no_further_is_taken() {
    loseNextMail();
    List<SendOutcome> outcomes = new ArrayList<>();
    Counted mails = new Counted(5);

    try (TransportSession session = open()) {
      session.sendAll(new Asked(mails::next, mails::next), outcomes::add);

      assertThat(session.isUsable()).isFalse();
    }
    assertThat(outcomes)
        .isNotEmpty()
        .hasSizeLessThanOrEqualTo(2)
        .hasSize(mails.taken)
        .allMatch(SendOutcome.NothingSent.class::isInstance);
    assertThat(arrived()).isEmpty();
  }

  @Test
  @Tag("G-30")
  void when_nobody_can_keep_the_outcomes_nothing_more_is_sent_and_the_session_has_ended() {
    List<SendOutcome> outcomes = new ArrayList<>();
    Counted mails = new Counted(5);

    try (TransportSession session = open()) {
      assertThatThrownBy(
              () ->
                  session.sendAll(
                      new Asked(mails::next, mails::next),
                      outcome -> {
                        outcomes.add(outcome);
                        if (outcomes.size() == 2) {
                          throw new PortFailure("The store is away. Try again later.", true);
                        }
                      }))
          .isInstanceOf(PortFailure.class);

      assertThat(session.isUsable()).isFalse();
    }
    assertThat(outcomes).hasSize(2);
    assertThat(arrived()).hasSize(2);
    assertThat(mails.taken).isLessThanOrEqualTo(3);
  }

  @Test
  void when_the_next_mail_cannot_be_given_the_one_before_is_sent_and_told() {
    List<SendOutcome> outcomes = new ArrayList<>();
    Counted mails = new Counted(2);
    Supplier<Optional<Envelope>> fails =
        () -> {
          Optional<Envelope> next = mails.next();
          if (next.isEmpty()) {
            throw new PortFailure("The store is away. Try again later.", true);
          }
          return next;
        };

    try (TransportSession session = open()) {
      assertThatThrownBy(() -> session.sendAll(new Asked(fails, fails), outcomes::add))
          .isInstanceOf(PortFailure.class);

      assertThat(session.isUsable()).isFalse();
    }
    assertThat(outcomes).hasSize(2).allMatch(SendOutcome.Accepted.class::isInstance);
    assertThat(arrived()).hasSize(2);
  }

  @Test
  void a_session_that_has_ended_takes_none_of_many_mails() {
    List<SendOutcome> outcomes = new ArrayList<>();
    Counted mails = new Counted(2);
    TransportSession session = open();
    session.close();

    session.sendAll(new Asked(mails::next, mails::next), outcomes::add);

    assertThat(outcomes).isEmpty();
    assertThat(mails.taken).isZero();
  }

  @Test
  void a_server_that_cannot_be_reached_is_a_failure() {
    stop();

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            MailAccessFailure.class, failure -> assertThat(failure.isRetryable()).isTrue());
  }

  private SendOutcome send(Envelope envelope) {
    try (TransportSession session = open()) {
      return session.send(envelope);
    }
  }

  private TransportSession open() {
    return transport().open(account());
  }

  private static Envelope envelope(byte[] mail, EmailAddress... recipients) {
    return new Envelope(SHOP, List.of(recipients), MailContent.of(mail));
  }

  private static Envelope envelope(MailContent mail, EmailAddress recipient) {
    return new Envelope(SHOP, List.of(recipient), mail);
  }

  private static EnvelopeSupply supply(Envelope... envelopes) {
    return EnvelopeSupply.of(List.of(envelopes).iterator());
  }

  /** So many mails for Ana, and how many of them were taken. */
  private static final class Counted {
    private final int all;
    private int taken;

    Counted(int all) {
      this.all = all;
    }

    Optional<Envelope> next() {
      return taken == all ? Optional.empty() : Optional.of(envelope(mail("" + ++taken), ANA));
    }
  }

  /** What happens when a session asks for the next mail. */
  private record Asked(Supplier<Optional<Envelope>> ifReady, Supplier<Optional<Envelope>> await)
      implements EnvelopeSupply {
    @Override
    public Optional<Envelope> nextIfReady() {
      return ifReady.get();
    }

    @Override
    public Optional<Envelope> awaitNext() {
      return await.get();
    }
  }

  private enum Fault {
    AT_END,
    AT_CLOSE
  }

  /** A mail in a store that is away. */
  private record Away() implements MailContent {
    @Override
    public long size() {
      return MAIL.length;
    }

    @Override
    public InputStream open() {
      throw new PortFailure("The blob store is away. Try again later.", true);
    }
  }

  /** A mail in a store that fails while it is read. */
  private record Faulty(Fault fault) implements MailContent {
    @Override
    public long size() {
      return MAIL.length;
    }

    @Override
    public InputStream open() {
      return new FilterInputStream(new ByteArrayInputStream(MAIL)) {
        @Override
        public int read(byte[] to, int from, int length) throws IOException {
          int count = super.read(to, from, length);
          return count < 0 ? end() : count;
        }

        private int end() {
          if (fault == Fault.AT_END) {
            throw new PortFailure("The blob store went away. Try again later.", true);
          }
          return -1;
        }

        @Override
        public void close() throws IOException {
          if (fault == Fault.AT_CLOSE) {
            throw new IOException("The connection to the blob store is gone");
          }
        }
      };
    }
  }

  private static byte[] mail(String text) {
    String header =
        "From: service@shop.example\r\nTo: ana@example.com\r\nSubject: Your watch\r\n\r\n";
    return (header + text + "\r\n").getBytes(US_ASCII);
  }
}
