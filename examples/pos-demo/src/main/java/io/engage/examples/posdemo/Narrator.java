package io.engage.examples.posdemo;

import io.engage.core.OpenedMessage;
import io.engage.core.SyncProgress;
import io.engage.core.SyncReport;
import io.engage.model.audit.AuditEntry;
import io.engage.model.customer.Customer;
import io.engage.model.message.Message;
import java.util.List;

/** Shows the story to somebody: on a terminal, or on a page. It is given values, not texts. */
interface Narrator {

  /** Something new begins. */
  void chapter(String title);

  /** What happens, in a sentence. */
  void tell(String sentence);

  /** Mail is coming in. */
  void progress(SyncProgress progress);

  /** Mail has come in. */
  void imported(SyncReport report);

  /** A list of conversations. */
  void list(String title, List<Line> lines);

  /** A message that a clerk opened. */
  void opened(OpenedMessage message);

  /** A mail of ours, as somebody got it. */
  void arrived(String whose, ArrivedMail mail);

  /** What something is, or says: a name and a few words. */
  void say(String name, String words);

  /** What became of each conversation of an action on many. */
  void answers(List<Answer> answers);

  /** Everything with one customer. */
  void history(Customer customer, List<Message> messages);

  /** What happened, when, and who did it. */
  void trail(List<AuditEntry> entries);

  /** Where a file went. */
  void saved(SavedFile file);

  /** What was said of one conversation in an action on many. */
  record Answer(String subject, String answer) {}

  /** An attachment on a clerk's disk. */
  record SavedFile(String name, String contentType, long bytes, String sha256) {}
}
