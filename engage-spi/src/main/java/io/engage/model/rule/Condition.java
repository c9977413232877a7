package io.engage.model.rule;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.Channel;
import java.util.ArrayList;
import java.util.List;

/** What has to be so for a rule to apply. */
public sealed interface Condition {

  /** How many levels of a rule's conditions may stand within each other. */
  int DEEPEST = 32;

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

  /** This and the other; a long chain of these is one list, not one within the other. */
  default Condition and(Condition other) {
    return new All(joined(partsOfAll(this), partsOfAll(other)));
  }

  /** This or the other, or both; a long chain of these is one list, not one within the other. */
  default Condition or(Condition other) {
    return new Any(joined(partsOfAny(this), partsOfAny(other)));
  }

  private static List<Condition> partsOfAll(Condition condition) {
    return condition instanceof All all ? all.of() : List.of(condition);
  }

  private static List<Condition> partsOfAny(Condition condition) {
    return condition instanceof Any any ? any.of() : List.of(condition);
  }

  private static List<Condition> joined(List<Condition> first, List<Condition> second) {
    List<Condition> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /** Whether it stands with what is within it in at most so many levels. */
  default boolean fitsInto(int levels) {
    return levels > 0;
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

    @Override
    public boolean fitsInto(int levels) {
      return levels > 0 && of.stream().allMatch(part -> part.fitsInto(levels - 1));
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

    @Override
    public boolean fitsInto(int levels) {
      return levels > 0 && of.stream().allMatch(part -> part.fitsInto(levels - 1));
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

    @Override
    public boolean fitsInto(int levels) {
      return levels > 0 && of.fitsInto(levels - 1);
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
