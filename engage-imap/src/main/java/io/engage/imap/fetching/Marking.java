package io.engage.imap.fetching;

import io.engage.imap.connecting.Failures;
import io.engage.model.mailbox.ServerUid;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;

/**
 * Sets flags of mails and deletes mails, by UID and only under their UIDVALIDITY.
 *
 * <p>A server without UIDPLUS can only expunge everything that is marked {@code \Deleted}. There,
 * what other programs have marked is unmarked for that moment and marked again, so that exactly
 * ours go. What another program marks within that moment would go with them, a moment before it
 * would have expunged it itself.
 */
final class Marking {
  private final ImapConnection connection;
  private final Failures failures;

  Marking(ImapConnection connection) {
    this.connection = connection;
    this.failures = connection.failures();
  }

  void seen(Collection<ServerUid> mails, boolean seen) throws IOException, ProtocolException {
    for (Map.Entry<Place, TreeSet<Long>> place : byPlace(mails).entrySet()) {
      if (isStillThere(place.getKey())) {
        store(place.getValue(), seen ? "+" : "-", "\\Seen");
      }
    }
  }

  /**
   * @return those that were there
   */
  Set<ServerUid> delete(Collection<ServerUid> mails) throws IOException, ProtocolException {
    Set<ServerUid> deleted = new HashSet<>();
    for (Map.Entry<Place, TreeSet<Long>> place : byPlace(mails).entrySet()) {
      if (isStillThere(place.getKey())) {
        TreeSet<Long> there = thereOf(place.getValue());
        expunge(place.getValue());
        mails.stream()
            .filter(mail -> place.getKey().equals(Place.of(mail)) && there.contains(mail.uid()))
            .forEach(deleted::add);
      }
    }
    return deleted;
  }

  /** The server's own word: STORE and EXPUNGE pass over what is not there in silence. */
  private TreeSet<Long> thereOf(Collection<Long> uids) throws IOException, ProtocolException {
    TreeSet<Long> there = new TreeSet<>();
    for (String set : UidSet.split(uids)) {
      there.addAll(found("UID " + set));
    }
    there.retainAll(uids);
    return there;
  }

  /** For good, in the folder that is open. */
  void expunge(Collection<Long> uids) throws IOException, ProtocolException {
    if (connection.hasCapability("UIDPLUS")) {
      expungeByUid(uids);
    } else {
      expungeAllMarked(uids);
    }
  }

  private void expungeByUid(Collection<Long> uids) throws IOException, ProtocolException {
    store(uids, "+", "\\Deleted");
    for (String set : UidSet.split(uids)) {
      command("UID EXPUNGE " + set);
    }
  }

  private void expungeAllMarked(Collection<Long> uids) throws IOException, ProtocolException {
    TreeSet<Long> others = found("DELETED");
    others.removeAll(uids);
    store(others, "-", "\\Deleted");
    try {
      store(uids, "+", "\\Deleted");
      command("EXPUNGE");
    } finally {
      store(others, "+", "\\Deleted");
    }
  }

  private TreeSet<Long> found(String criterion) throws IOException, ProtocolException {
    TreeSet<Long> found = new TreeSet<>();
    Response done =
        connection.await(
            connection.send("UID SEARCH " + criterion, null),
            response -> {
              if (response.keyEquals("SEARCH")) {
                for (long uid = response.readLong(); uid > 0; uid = response.readLong()) {
                  found.add(uid);
                }
              }
              return false;
            });
    requireDone(done);
    return found;
  }

  private void store(Collection<Long> uids, String sign, String flag)
      throws IOException, ProtocolException {
    for (String set : UidSet.split(uids)) {
      command("UID STORE %s %sFLAGS.SILENT (%s)".formatted(set, sign, flag));
    }
  }

  private void command(String command) throws IOException, ProtocolException {
    requireDone(connection.await(connection.send(command, null), response -> false));
  }

  private void requireDone(Response done) {
    if (!done.isOK()) {
      throw failures.of(
          Refusals.reason(done, Reason.PROTOCOL),
          "It does not let this user change the folder; check the rights and try again.");
    }
  }

  /** A folder that is gone, or was made anew, has none of these mails any more. */
  private boolean isStillThere(Place place) throws IOException, ProtocolException {
    Selected selected = connection.selected();
    if (selected == null || !selected.is(place.folder, true)) {
      try {
        selected = connection.open(place.folder, true);
      } catch (MailAccessFailure failure) {
        if (failure.reason() == Reason.NO_FOLDER) {
          return false;
        }
        throw failure;
      }
    }
    return selected.uidValidity() == place.uidValidity;
  }

  private static Map<Place, TreeSet<Long>> byPlace(Collection<ServerUid> mails) {
    Map<Place, TreeSet<Long>> places = new LinkedHashMap<>();
    for (ServerUid mail : List.copyOf(mails)) {
      places.computeIfAbsent(Place.of(mail), none -> new TreeSet<>()).add(mail.uid());
    }
    return places;
  }

  private record Place(String folder, long uidValidity) {
    static Place of(ServerUid mail) {
      return new Place(mail.folder().name(), mail.uidValidity());
    }
  }
}
