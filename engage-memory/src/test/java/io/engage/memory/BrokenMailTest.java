package io.engage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.engage.model.mailbox.FetchedBatch;
import io.engage.model.mailbox.FetchedMail;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderState;
import io.engage.model.mailbox.FolderSurvey;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.mailbox.UidRange;
import io.engage.model.message.MailContent;
import io.engage.model.message.RfcMessageId;
import io.engage.model.outbox.SendOutcome;
import io.engage.spi.BlobStore;
import io.engage.spi.MailSource;
import io.engage.spi.MailSource.BatchReceiver;
import io.engage.spi.MailSource.MailboxSession;
import io.engage.spi.MailSource.SurveyReceiver;
import io.engage.spi.MailTransport;
import io.engage.spi.MailTransport.Envelope;
import io.engage.spi.MailTransport.EnvelopeSupply;
import io.engage.spi.MailTransport.TransportSession;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The suites of mail sources and transports, run against some that are broken on purpose. */
@Tag("PO-1")
class BrokenMailTest {

  @ParameterizedTest
  @CsvSource({
    "SkipsTheLastMail, every_mail_is_fetched_once_with_its_bytes_in_ascending_order",
    "MarksWhatItFetches, fetching_marks_nothing_as_read",
    "ForgetsTheCursor, only_mails_above_the_cursor_and_up_to_the_end_are_fetched",
    "LooksOnce, each_look_asks_the_server",
    "SeesWhatIsGone, a_survey_tells_by_absence_what_another_program_has_deleted_since",
    "SaysThatAllWasThere, those_that_were_there_are_told_from_those_that_were_not",
    "DeletesEverything, those_mails_are_deleted_for_good_and_no_others",
    "KeepsCopiesTwice, a_copy_of_sent_mail_is_kept_once_and_marked_as_seen",
    "SendsTwice, a_mail_arrives_as_it_is_for_those_on_the_envelope",
    "IsNeverInDoubt, a_mail_without_an_answer_to_its_end_is_in_doubt",
    "ForgetsWhoWasRefused, a_refused_recipient_is_named_and_the_others_get_the_mail",
    "LetsClosingDecide,"
        + " what_the_server_took_stays_accepted_although_its_bytes_cannot_be_closed",
    "ThrowsForBytes,"
        + " bytes_that_cannot_be_opened_are_not_sent_and_the_session_takes_the_next_mail",
    "SendsHalfMails, bytes_that_end_in_a_failure_are_not_sent",
    "TellsOnlyWhatWentWell,"
        + " of_many_mails_each_has_its_outcome_in_order_whatever_becomes_of_the_others",
    "TakesAllAtOnce, one_mail_at_most_is_taken_before_the_outcome_of_the_one_before_is_told",
    "HoldsOneBack, no_mail_hangs_back_while_the_next_is_waited_for",
    "GoesOnAfterABreak,"
        + " when_an_answer_gets_lost_that_mail_alone_is_in_doubt_and_no_further_is_taken",
    "GoesOnAfterABreak,"
        + " when_the_connection_breaks_before_an_end_nothing_was_sent_and_no_further_is_taken",
    "GoesOnUntold,"
        + " when_nobody_can_keep_the_outcomes_nothing_more_is_sent_and_the_session_has_ended",
    "TakesAllAtOnce, when_the_next_mail_cannot_be_given_the_one_before_is_sent_and_told",
    "GoesOnAfterABreak, a_session_that_has_ended_takes_none_of_many_mails"
  })
  void a_broken_one_is_caught_by_the_test_of_the_promise_that_it_breaks(String broken, String test)
      throws ClassNotFoundException {
    Class<?> suite = Class.forName(BrokenMailTest.class.getName() + "$" + broken);

    List<String> failed =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(suite))
            .execute()
            .testEvents()
            .failed()
            .stream()
            .map(event -> event.getTestDescriptor().getUniqueId().getLastSegment().getValue())
            .toList();

    assertThat(failed).anySatisfy(name -> assertThat(name).endsWith(test + "()"));
  }

  /** Passes everything on; each broken one differs in one thing. */
  private static class Passing implements MailboxSession {
    final MailboxSession good;

    Passing(MailboxSession good) {
      this.good = good;
    }

    @Override
    public FolderState look(String folder) {
      return good.look(folder);
    }

    @Override
    public void fetch(FolderCursor cursor, long upToUid, BlobStore blobs, BatchReceiver receiver) {
      good.fetch(cursor, upToUid, blobs, receiver);
    }

    @Override
    public void survey(FolderCursor upTo, SurveyReceiver receiver) {
      good.survey(upTo, receiver);
    }

    @Override
    public void markSeen(Collection<ServerUid> uids, boolean seen) {
      good.markSeen(uids, seen);
    }

    @Override
    public Set<ServerUid> delete(Collection<ServerUid> uids) {
      return good.delete(uids);
    }

    @Override
    public boolean keepSent(RfcMessageId messageId, MailContent content, Instant sentAt) {
      return good.keepSent(messageId, content, sentAt);
    }

    @Override
    public int deleteSent(RfcMessageId messageId) {
      return good.deleteSent(messageId);
    }

    @Override
    public boolean awaitNews(String folder, Duration most) {
      return good.awaitNews(folder, most);
    }

    @Override
    public void close() {
      good.close();
    }
  }

  /** A source of sessions that differ in one thing from good ones. */
  private abstract static class BrokenSource extends InMemoryMailSourceTest {
    abstract MailboxSession broken(MailboxSession good);

    @Override
    protected MailSource source() {
      MailSource good = super.source();
      return account -> broken(good.open(account));
    }
  }

  static final class SkipsTheLastMail extends BrokenSource {
    @Override
    MailboxSession broken(MailboxSession session) {
      return new Passing(session) {
        @Override
        public void fetch(FolderCursor cursor, long upTo, BlobStore blobs, BatchReceiver receiver) {
          good.fetch(cursor, upTo, blobs, batch -> receiver.accept(shorter(batch)));
        }
      };
    }

    private static FetchedBatch shorter(FetchedBatch batch) {
      List<FetchedMail> mails = batch.mails();
      return new FetchedBatch(
          batch.folder(),
          batch.uidValidity(),
          batch.upToUid(),
          mails.subList(0, Math.max(0, mails.size() - 1)),
          batch.missing());
    }
  }

  static final class MarksWhatItFetches extends BrokenSource {
    @Override
    MailboxSession broken(MailboxSession session) {
      return new Passing(session) {
        @Override
        public void fetch(FolderCursor cursor, long upTo, BlobStore blobs, BatchReceiver receiver) {
          good.fetch(
              cursor,
              upTo,
              blobs,
              batch -> {
                batch.mails().forEach(each -> setSeen(each.uid(), true));
                receiver.accept(batch);
              });
        }
      };
    }
  }

  static final class ForgetsTheCursor extends BrokenSource {
    @Override
    MailboxSession broken(MailboxSession session) {
      return new Passing(session) {
        @Override
        public void fetch(FolderCursor cursor, long upTo, BlobStore blobs, BatchReceiver receiver) {
          good.fetch(cursor.at(0), upTo, blobs, receiver);
        }
      };
    }
  }

  static final class LooksOnce extends BrokenSource {
    @Override
    MailboxSession broken(MailboxSession session) {
      return new Passing(session) {
        private final Map<String, FolderState> first = new HashMap<>();

        @Override
        public FolderState look(String folder) {
          return first.computeIfAbsent(folder, good::look);
        }
      };
    }
  }

  static final class SeesWhatIsGone extends BrokenSource {
    @Override
    MailboxSession broken(MailboxSession session) {
      return new Passing(session) {
        @Override
        public void survey(FolderCursor upTo, SurveyReceiver receiver) {
          good.survey(upTo, survey -> receiver.accept(complete(survey)));
        }
      };
    }

    private static FolderSurvey complete(FolderSurvey survey) {
      return new FolderSurvey(
          survey.folder(),
          survey.uidValidity(),
          survey.from(),
          survey.to(),
          List.of(new UidRange(survey.from(), survey.to())),
          survey.seen());
    }
  }

  static final class DeletesEverything extends BrokenSource {
    @Override
    MailboxSession broken(MailboxSession session) {
      return new Passing(session) {
        @Override
        public Set<ServerUid> delete(Collection<ServerUid> uids) {
          mail.mails(account().id(), folder()).forEach(each -> remove(each.uid()));
          return Set.copyOf(uids);
        }
      };
    }
  }

  static final class SaysThatAllWasThere extends BrokenSource {
    @Override
    MailboxSession broken(MailboxSession session) {
      return new Passing(session) {
        @Override
        public Set<ServerUid> delete(Collection<ServerUid> uids) {
          super.delete(uids);
          return Set.copyOf(uids);
        }
      };
    }
  }

  static final class KeepsCopiesTwice extends BrokenSource {
    @Override
    MailboxSession broken(MailboxSession session) {
      return new Passing(session) {
        @Override
        public boolean keepSent(RfcMessageId id, MailContent content, Instant sentAt) {
          good.keepSent(RfcMessageId.of("other-" + id.value()), content, sentAt);
          return good.keepSent(id, content, sentAt);
        }
      };
    }
  }

  /** Sends in another way than it should. */
  private abstract static class BrokenTransport extends InMemoryMailTransportTest {
    abstract SendOutcome send(TransportSession session, Envelope envelope);

    @Override
    protected MailTransport transport() {
      MailTransport good = super.transport();
      return account -> {
        TransportSession session = good.open(account);
        return new TransportSession() {
          @Override
          public SendOutcome send(Envelope envelope) {
            return BrokenTransport.this.send(session, envelope);
          }

          @Override
          public boolean isUsable() {
            return session.isUsable();
          }

          @Override
          public void close() {
            session.close();
          }
        };
      };
    }
  }

  static final class SendsTwice extends BrokenTransport {
    @Override
    SendOutcome send(TransportSession session, Envelope envelope) {
      SendOutcome first = session.send(envelope);
      return first instanceof SendOutcome.Accepted ? session.send(envelope) : first;
    }
  }

  static final class IsNeverInDoubt extends BrokenTransport {
    @Override
    SendOutcome send(TransportSession session, Envelope envelope) {
      return session.send(envelope) instanceof SendOutcome.InDoubt doubt
          ? new SendOutcome.NothingSent(doubt.reason())
          : new SendOutcome.NothingSent("it is tried again");
    }
  }

  static final class ForgetsWhoWasRefused extends BrokenTransport {
    @Override
    SendOutcome send(TransportSession session, Envelope envelope) {
      return session.send(envelope) instanceof SendOutcome.Accepted accepted
          ? new SendOutcome.Accepted(accepted.reply(), Map.of())
          : session.send(envelope);
    }
  }

  static final class LetsClosingDecide extends BrokenTransport {
    @Override
    SendOutcome send(TransportSession session, Envelope envelope) {
      SendOutcome outcome = session.send(envelope);
      try (InputStream ignored = envelope.content().open()) {
        return outcome;
      } catch (IOException notClosed) {
        return new SendOutcome.NothingSent("The bytes cannot be read.");
      }
    }
  }

  static final class ThrowsForBytes extends BrokenTransport {
    @Override
    SendOutcome send(TransportSession session, Envelope envelope) {
      try (InputStream ignored = envelope.content().open()) {
        return session.send(envelope);
      } catch (IOException notClosed) {
        return session.send(envelope);
      }
    }
  }

  static final class SendsHalfMails extends BrokenTransport {
    @Override
    SendOutcome send(TransportSession session, Envelope envelope) {
      SendOutcome outcome = session.send(envelope);
      return outcome instanceof SendOutcome.NothingSent
          ? session.send(
              new Envelope(
                  envelope.sender(),
                  envelope.recipients(),
                  MailContent.of(new byte[] {'x', '\r', '\n'})))
          : outcome;
    }
  }

  /** How {@link TransportSession#sendAll} is broken. */
  private interface Sending {
    void sendAll(TransportSession session, EnvelopeSupply supply, Consumer<SendOutcome> outcomes);
  }

  private static MailTransport sending(MailTransport good, Sending broken) {
    return account -> {
      TransportSession session = good.open(account);
      return new TransportSession() {
        @Override
        public SendOutcome send(Envelope envelope) {
          return session.send(envelope);
        }

        @Override
        public void sendAll(EnvelopeSupply supply, Consumer<SendOutcome> outcomes) {
          broken.sendAll(session, supply, outcomes);
        }

        @Override
        public boolean isUsable() {
          return session.isUsable();
        }

        @Override
        public void close() {
          session.close();
        }
      };
    };
  }

  static final class TellsOnlyWhatWentWell extends InMemoryMailTransportTest {
    @Override
    protected MailTransport transport() {
      return sending(
          super.transport(),
          (session, supply, outcomes) ->
              session.sendAll(
                  supply,
                  outcome -> {
                    if (outcome instanceof SendOutcome.Accepted) {
                      outcomes.accept(outcome);
                    }
                  }));
    }
  }

  static final class TakesAllAtOnce extends InMemoryMailTransportTest {
    @Override
    protected MailTransport transport() {
      return sending(
          super.transport(),
          (session, supply, outcomes) -> {
            List<Envelope> all = new ArrayList<>();
            for (var next = supply.awaitNext(); next.isPresent(); next = supply.nextIfReady()) {
              all.add(next.get());
            }
            all.forEach(each -> outcomes.accept(session.send(each)));
          });
    }
  }

  static final class HoldsOneBack extends InMemoryMailTransportTest {
    @Override
    protected MailTransport transport() {
      return sending(
          super.transport(),
          (session, supply, outcomes) -> {
            Optional<Envelope> held = supply.awaitNext();
            while (held.isPresent()) {
              Optional<Envelope> next = supply.awaitNext();
              outcomes.accept(session.send(held.get()));
              held = next;
            }
          });
    }
  }

  static final class GoesOnAfterABreak extends InMemoryMailTransportTest {
    @Override
    protected MailTransport transport() {
      return sending(
          super.transport(),
          (session, supply, outcomes) -> {
            for (var next = supply.awaitNext(); next.isPresent(); next = supply.awaitNext()) {
              outcomes.accept(session.send(next.get()));
            }
          });
    }
  }

  static final class GoesOnUntold extends InMemoryMailTransportTest {
    @Override
    protected MailTransport transport() {
      return sending(
          super.transport(),
          (session, supply, outcomes) ->
              session.sendAll(
                  supply,
                  outcome -> {
                    try {
                      outcomes.accept(outcome);
                    } catch (RuntimeException untold) {
                      // It goes on as if nothing had happened.
                    }
                  }));
    }
  }
}
