package io.engage.model.rule;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.Channel;
import java.util.List;

/** What has to be so for a rule to apply. */
public sealed interface Condition {

  /** The name under which it is stored. A literal, for ever. */
  String code();

  /** Always so. */
  static Condition always() {
    return new All(List.of());
  }

  static Condition all(Condition... conditions) {
    return new All(List.of(conditions));
  }

  static Condition any(Condition... conditions) {
    return new Any(List.of(conditions));
  }

  static Condition sender(TextMatch match) {
    return new Sender(match);
  }

  static Condition recipient(TextMatch match) {
    return new Recipient(match);
  }

  static Condition subject(TextMatch match) {
    return new Subject(match);
  }

  static Condition body(TextMatch match) {
    return new Body(match);
  }

  static Condition header(String name, TextMatch match) {
    return new Header(name, match);
  }

  static Condition hasAttachment() {
    return new HasAttachment();
  }

  static Condition attachmentName(TextMatch match) {
    return new AttachmentName(match);
  }

  static Condition largerThan(long bytes) {
    return new LargerThan(bytes);
  }

  static Condition knownContact() {
    return new KnownContact();
  }

  static Condition withinSchedule() {
    return new WithinSchedule();
  }

  static Condition through(Channel channel) {
    return new Through(channel);
  }

  /** This and the other. */
  default Condition and(Condition other) {
    return new All(List.of(this, other));
  }

  /** This or the other, or both. */
  default Condition or(Condition other) {
    return new Any(List.of(this, other));
  }

  /** The opposite of this. */
  default Condition negated() {
    return new Not(this);
  }

  /** Each of them; always so when there is none. */
  record All(List<Condition> of) implements Condition {
    public All {
      of = List.copyOf(of);
    }

    @Override
    public String code() {
      return "all";
    }
  }

  /** At least one of them. */
  record Any(List<Condition> of) implements Condition {
    public Any {
      of = List.copyOf(of);
    }

    @Override
    public String code() {
      return "any";
    }
  }

  /** The opposite. */
  record Not(Condition of) implements Condition {
    public Not {
      requireNonNull(of, "of");
    }

    @Override
    public String code() {
      return "not";
    }
  }

  /** Address or name of whoever wrote it, or their phone number. */
  record Sender(TextMatch match) implements Condition {
    public Sender {
      requireNonNull(match, "match");
    }

    @Override
    public String code() {
      return "sender";
    }
  }

  /** Address or name of anybody in To or Cc. */
  record Recipient(TextMatch match) implements Condition {
    public Recipient {
      requireNonNull(match, "match");
    }

    @Override
    public String code() {
      return "recipient";
    }
  }

  /** The subject. */
  record Subject(TextMatch match) implements Condition {
    public Subject {
      requireNonNull(match, "match");
    }

    @Override
    public String code() {
      return "subject";
    }
  }

  /** What the person wrote, without quotes; the first 200,000 characters of it. */
  record Body(TextMatch match) implements Condition {
    public Body {
      requireNonNull(match, "match");
    }

    @Override
    public String code() {
      return "body";
    }
  }

  /** The value of any header field of this name, in any case; a text message has none. */
  record Header(String name, TextMatch match) implements Condition {
    public Header {
      requireNonNull(match, "match");
      if (name.isBlank()) {
        throw new IllegalArgumentException("A condition on a header field needs its name");
      }
    }

    @Override
    public String code() {
      return "header";
    }
  }

  /** It has a file, not counting images that stand in its text. */
  record HasAttachment() implements Condition {
    @Override
    public String code() {
      return "has-attachment";
    }
  }

  /** The name of any of its files. */
  record AttachmentName(TextMatch match) implements Condition {
    public AttachmentName {
      requireNonNull(match, "match");
    }

    @Override
    public String code() {
      return "attachment-name";
    }
  }

  /** It is larger than this, in bytes. */
  record LargerThan(long bytes) implements Condition {
    public LargerThan {
      if (bytes < 0) {
        throw new IllegalArgumentException("A size in bytes is at least 0, but this is " + bytes);
      }
    }

    @Override
    public String code() {
      return "larger-than";
    }
  }

  /** The directory knows its sender, and nothing says that the sender is forged. */
  record KnownContact() implements Condition {
    @Override
    public String code() {
      return "known-contact";
    }
  }

  /** It came while the inbox was open. */
  record WithinSchedule() implements Condition {
    @Override
    public String code() {
      return "within-schedule";
    }
  }

  /** It came through this channel. */
  record Through(Channel channel) implements Condition {
    public Through {
      requireNonNull(channel, "channel");
    }

    @Override
    public String code() {
      return "through";
    }
  }
}
