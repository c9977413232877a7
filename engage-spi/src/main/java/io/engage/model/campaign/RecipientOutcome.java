package io.engage.model.campaign;

import static java.util.Objects.requireNonNull;

import io.engage.model.outbox.SmtpReply;
import org.jspecify.annotations.Nullable;

/**
 * Why a recipient is where it is.
 *
 * @param why for programs
 * @param words for people, without data of the recipient
 * @param reply what a server said; null when none was asked. It is the server's text, so it goes
 *     neither into logs nor into the audit trail
 */
public record RecipientOutcome(Why why, String words, @Nullable SmtpReply reply) {

  /** The sorts of reasons. */
  public enum Why {
    ACCEPTED("accepted"),
    INVALID_ADDRESS("invalid-address"),
    INVALID_ROW("invalid-row"),
    DUPLICATE("duplicate"),
    SUPPRESSED("suppressed"),
    /** The person was erased before their turn. */
    ERASED("erased"),
    EXPIRED("expired"),
    NOT_COMPOSED("not-composed"),
    /** A server refused this recipient for good. */
    REFUSED("refused"),
    /** A server refused us, not the recipient. */
    REFUSED_US("refused-us"),
    /** Tried as often as we try. */
    GAVE_UP("gave-up"),
    /** Tried, and to be tried again. */
    POSTPONED("postponed"),
    /** Marked, and then no byte went: said in settlements alone, and never stored. */
    NOT_BEGUN("not-begun"),
    NO_ANSWER("no-answer"),
    INTERRUPTED("interrupted"),
    /** A report came back. */
    BOUNCED("bounced"),
    /** It turned out later that it had arrived, or an agent said so. */
    ARRIVED("arrived");

    private final String code;

    Why(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }
  }

  public RecipientOutcome {
    requireNonNull(why, "why");
    requireNonNull(words, "words");
  }

  public static RecipientOutcome of(Why why, String words) {
    return new RecipientOutcome(why, words, null);
  }

  /** The same without what a server said in its own words, which may hold an address. */
  public RecipientOutcome withoutWords() {
    return reply == null
        ? this
        : new RecipientOutcome(why, words, new SmtpReply(reply.code(), reply.enhanced(), ""));
  }

  @Override
  public String toString() {
    return "RecipientOutcome[%s]".formatted(why.code());
  }
}
