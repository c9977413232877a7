package io.engage.core.classifying;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What was found in a mail, in the words of the sample files. */
final class Claims {
  private Claims() {}

  /** The claims that {@code sample} makes, as far as they are true of what was found. */
  static List<String> heldBy(Classification found, SampleMail sample) {
    List<String> claims = sample.claims();
    return Stream.concat(
            Stream.of(kind(claims.get(0), found)),
            claims.stream().skip(1).map(claim -> answer(claim, found)))
        .toList();
  }

  /** As many recipients as the sample claims, and no more. */
  static List<String> recipients(Classification found) {
    return found.bounce() == null
        ? List.of()
        : found.bounce().recipients().stream().map(Claims::recipient).toList();
  }

  static List<String> claimedRecipients(SampleMail sample) {
    return sample.claims().stream().filter(Claims::isRecipient).map(Claims::withAction).toList();
  }

  private static String answer(String claim, Classification found) {
    if (claim.startsWith("original ")) {
      return "original " + originalMessageId(found);
    }
    if (claim.startsWith("complaint ") && found.complaint() != null) {
      List<String> to = found.complaint().recipients();
      return "complaint %s %s"
          .formatted(found.complaint().type(), to.isEmpty() ? "-" : String.join(" ", to));
    }
    return isRecipient(claim) ? claim : "unknown claim: " + claim;
  }

  private static String kind(String claim, Classification found) {
    String kind = found.kind().code();
    if (found.sms() != null) {
      return "%s %s %s".formatted(kind, found.sms().number(), found.sms().text());
    }
    String answerable = found.answerable().allowed() ? " answerable" : " silent";
    return claim.indexOf(' ') < 0 ? kind : kind + answerable;
  }

  private static String originalMessageId(Classification found) {
    return Optional.<Object>empty()
        .or(() -> Optional.ofNullable(found.bounce()).map(Bounce::originalMessageId))
        .or(() -> Optional.ofNullable(found.complaint()).map(Complaint::originalMessageId))
        .map(Object::toString)
        .orElse("-");
  }

  private static boolean isRecipient(String claim) {
    return claim.split(" ")[0].indexOf('@') > 0;
  }

  /** {@code failed} goes without saying. */
  private static String withAction(String claim) {
    return claim.split(" ").length == 5 ? claim.replaceFirst(" ", " failed ") : claim;
  }

  private static String recipient(BouncedRecipient one) {
    return "%s %s %s %s %s %s"
        .formatted(
            one.address(),
            one.action(),
            one.status() == null ? "-" : one.status(),
            one.replyCode() == null ? "-" : one.replyCode(),
            one.category().code(),
            one.permanent() ? "permanent" : "not");
  }
}
