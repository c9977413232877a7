package io.engage.model.rule;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.Channel;
import java.util.List;

/** What has to be so for a rule to apply. */
public sealed interface Condition {

  /** The name under which it is stored. A literal, for ever. */
  String code();

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
    @Override
    public String code() {
      return "sender";
    }
  }

  /** Address or name of anybody in To or Cc. */
  record Recipient(TextMatch match) implements Condition {
    @Override
    public String code() {
      return "recipient";
    }
  }

  /** The subject. */
  record Subject(TextMatch match) implements Condition {
    @Override
    public String code() {
      return "subject";
    }
  }

  /** What the person wrote, without quotes. */
  record Body(TextMatch match) implements Condition {
    @Override
    public String code() {
      return "body";
    }
  }

  /** The value of any field of this name. */
  record Header(String name, TextMatch match) implements Condition {
    public Header {
      requireNonNull(name, "name");
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
    @Override
    public String code() {
      return "attachment-name";
    }
  }

  /** It is larger than this, in bytes. */
  record LargerThan(long bytes) implements Condition {
    @Override
    public String code() {
      return "larger-than";
    }
  }

  /** The directory knows its sender. */
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
