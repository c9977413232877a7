package io.engage.imap.fetching;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.engage.imap.ImapMail;
import io.engage.imap.OtherProgram;
import io.engage.imap.Shop;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.ServerUid;
import io.engage.spi.MailSource;
import io.engage.testkit.MailSourceContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The promises, on a real IMAP server. */
abstract class RealServerContract extends MailSourceContract {
  private static final int LARGEST_MAIL = 100_000;
  private static final Pattern SOURCE = Pattern.compile("(?s)BODY\\[\\] \u0001(.*)\u0001");

  private final String user = Shop.newUser();

  abstract int port();

  abstract String password();

  /** The name of {@link #folder} as it travels (RFC 3501 section 5.1.3), quoted. */
  abstract String folderOnTheWire();

  abstract String sentFolder();

  final String user() {
    return user;
  }

  final void prepare() {
    other(
        program -> {
          program.run("CREATE " + folderOnTheWire());
          program.run("CREATE " + sentFolder());
        });
  }

  @Override
  protected MailSource source() {
    return ImapMail.builder(Shop.password(password()))
        .largestMail(LARGEST_MAIL)
        .pollEvery(Duration.ofMillis(100))
        .build()
        .source();
  }

  @Override
  protected MailAccount account() {
    return MailAccount.of("workshop", user, ServerEndpoint.loopback(port()), null);
  }

  @Override
  protected int largestMail() {
    return LARGEST_MAIL;
  }

  @Override
  protected void deliver(byte[] mail) {
    other(program -> program.append(folderOnTheWire(), mail));
  }

  @Override
  protected void remove(ServerUid uid) {
    inFolder(
        program -> {
          program.run("UID STORE " + uid.uid() + " +FLAGS (\\Deleted)");
          program.run("EXPUNGE");
        });
  }

  @Override
  protected void setSeen(ServerUid uid, boolean seen) {
    inFolder(
        program -> program.run("UID STORE " + uid.uid() + (seen ? " +" : " -") + "FLAGS (\\Seen)"));
  }

  @Override
  protected void markDeleted(ServerUid uid) {
    inFolder(program -> program.run("UID STORE " + uid.uid() + " +FLAGS (\\Deleted)"));
  }

  @Override
  protected void renumber() {
    List<byte[]> mails = new ArrayList<>();
    inFolder(program -> sources(program).forEach(copy -> mails.add(copy.source())));
    other(
        program -> {
          program.run("DELETE " + folderOnTheWire());
          program.run("CREATE " + folderOnTheWire());
          mails.forEach(mail -> program.append(folderOnTheWire(), mail));
        });
  }

  @Override
  protected void removeSentFolder() {
    other(program -> program.run("DELETE " + sentFolder()));
  }

  @Override
  protected List<SentCopy> sentCopies() {
    List<SentCopy> copies = new ArrayList<>();
    other(
        program -> {
          program.run("EXAMINE " + sentFolder());
          copies.addAll(sources(program));
        });
    return copies;
  }

  private static List<SentCopy> sources(OtherProgram program) {
    List<SentCopy> copies = new ArrayList<>();
    for (String answer : program.run("UID FETCH 1:* (FLAGS BODY.PEEK[])")) {
      Matcher source = SOURCE.matcher(answer);
      if (source.find()) {
        String flags = answer.substring(0, source.start()) + answer.substring(source.end());
        copies.add(new SentCopy(flags.contains("\\Seen"), source.group(1).getBytes(ISO_8859_1)));
      }
    }
    return copies;
  }

  private void inFolder(Consumer<OtherProgram> work) {
    other(
        program -> {
          program.run("SELECT " + folderOnTheWire());
          work.accept(program);
        });
  }

  final void other(Consumer<OtherProgram> work) {
    try (OtherProgram program = OtherProgram.logIn(port(), user, password())) {
      work.accept(program);
    }
  }
}
