package io.engage.imap.fetching;

import io.engage.model.message.MailContent;
import io.engage.model.message.RfcMessageId;
import io.engage.spi.MailAccessFailure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.Literal;
import org.eclipse.angus.mail.iap.LiteralException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.ListInfo;
import org.jspecify.annotations.Nullable;

/** Keeps copies of sent mail in the folder that the server marks for it, or that is named so. */
final class SentFolder {
  private static final DateTimeFormatter INTERNAL_DATE =
      DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm:ss xx", Locale.ENGLISH);

  /** Names for it in common use, the commonest first, as the last part of a folder's name. */
  private static final List<String> NAMES =
      List.of(
          "sent",
          "sent items",
          "sent messages",
          "sent mail",
          "gesendet",
          "gesendete elemente",
          "gesendete objekte",
          "enviados",
          "elementos enviados",
          "inviata",
          "inviati",
          "posta inviata",
          "envoyés",
          "éléments envoyés",
          "messages envoyés",
          "itens enviados");

  private final ImapConnection connection;
  private @Nullable String known;
  private boolean looked;

  SentFolder(ImapConnection connection) {
    this.connection = connection;
  }

  boolean keep(RfcMessageId id, MailContent content, Instant sentAt)
      throws IOException, ProtocolException {
    String folder = find();
    if (folder == null) {
      return false;
    }
    if (!has(folder, id)) {
      append(folder, content, sentAt);
    }
    return true;
  }

  /**
   * @return how many there were
   */
  int delete(RfcMessageId id) throws IOException, ProtocolException {
    String folder = find();
    if (folder == null) {
      return 0;
    }
    connection.open(folder, true);
    Set<Long> copies = with(id);
    if (!copies.isEmpty()) {
      new Marking(connection).expunge(copies);
    }
    return copies.size();
  }

  private @Nullable String find() throws IOException, ProtocolException {
    if (!looked) {
      known = ask();
      looked = true;
    }
    return known;
  }

  private @Nullable String ask() throws IOException, ProtocolException {
    boolean extended =
        connection.hasCapability("SPECIAL-USE") && connection.hasCapability("LIST-EXTENDED");
    String command = extended ? "LIST \"\" \"*\" RETURN (SPECIAL-USE)" : "LIST \"\" \"*\"";
    Choice choice = new Choice();
    Response done = connection.await(connection.send(command, null), choice::look);
    if (!done.isOK()) {
      throw Refusals.failure(connection.failures(), done, Reason.PROTOCOL);
    }
    return choice.best;
  }

  private boolean has(String folder, RfcMessageId id) throws IOException, ProtocolException {
    connection.open(folder, false);
    return !with(id).isEmpty();
  }

  /** In the folder that is open. */
  private Set<Long> with(RfcMessageId id) throws IOException, ProtocolException {
    boolean ascii = id.value().chars().allMatch(c -> c < 128);
    Argument header = new Argument();
    header.writeString(id.bracketed(), StandardCharsets.UTF_8);
    String charset = ascii ? "" : "CHARSET UTF-8 ";
    Set<Long> found = new TreeSet<>();
    Response done =
        connection.await(
            connection.send("UID SEARCH " + charset + "HEADER Message-ID", header),
            response -> {
              if (response.keyEquals("SEARCH")) {
                for (long uid = response.readLong(); uid > 0; uid = response.readLong()) {
                  found.add(uid);
                }
              }
              return false;
            });
    if (!done.isOK()) {
      throw Refusals.failure(connection.failures(), done, Reason.PROTOCOL);
    }
    return found;
  }

  private void append(String folder, MailContent content, Instant sentAt)
      throws IOException, ProtocolException {
    Argument arguments = connection.folder(folder);
    arguments.writeAtom("(\\Seen)");
    arguments.writeString(INTERNAL_DATE.format(sentAt.atOffset(ZoneOffset.UTC)));
    arguments.writeBytes(new Whole(content));
    Response done = sendAppend(arguments);
    if (!done.isOK()) {
      throw connection
          .failures()
          .of(
              Refusals.reason(done, Reason.PROTOCOL),
              "It does not take a copy into its folder for sent mail; check quota and rights.");
    }
  }

  private Response sendAppend(Argument arguments) throws IOException, ProtocolException {
    try {
      return connection.await(connection.send("APPEND", arguments), response -> false);
    } catch (LiteralException refused) {
      return refused.getResponse();
    }
  }

  /** The whole of a mail, copied to the server without being held. */
  private record Whole(MailContent content) implements Literal {
    @Override
    public int size() {
      return Math.toIntExact(content.size());
    }

    @Override
    public void writeTo(OutputStream to) throws IOException {
      try (InputStream in = content.open()) {
        if (in.transferTo(to) != content.size()) {
          throw new IOException("The mail has another size than it says");
        }
      }
    }
  }

  /** The best folder among those listed so far. */
  private static final class Choice {
    private @Nullable String best;
    private int rank = Integer.MAX_VALUE;

    boolean look(IMAPResponse response) throws ProtocolException {
      if (!response.keyEquals("LIST")) {
        return false;
      }
      ListInfo folder = new ListInfo(response);
      int found = folder.canOpen ? rankOf(folder) : Integer.MAX_VALUE;
      if (found < rank) {
        rank = found;
        best = folder.name;
      }
      return false;
    }

    private static int rankOf(ListInfo folder) {
      for (String attribute : folder.attrs) {
        if (attribute.equalsIgnoreCase("\\Sent")) {
          return -1;
        }
      }
      String name = folder.name.toLowerCase(Locale.ROOT);
      int place = NAMES.indexOf(name.substring(name.lastIndexOf(folder.separator) + 1));
      return place < 0 ? Integer.MAX_VALUE : place;
    }
  }
}
