package io.engage.imap.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.outbox.SmtpReply;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RepliesTest {

  @Test
  void several_lines_become_one_text_with_one_enhanced_code() {
    SmtpReply reply = Replies.parse(550, "550-5.7.1 no\n550-5.7.1 really\n550 5.7.1 never\n");

    assertThat(reply).isEqualTo(new SmtpReply(550, "5.7.1", "no really never"));
  }

  @Test
  void a_reply_without_an_enhanced_code_has_none() {
    assertThat(Replies.parse(250, "250 192.0.2.1 said so\n"))
        .isEqualTo(new SmtpReply(250, null, "192.0.2.1 said so"));
    assertThat(Replies.parse(250, "250\n")).isEqualTo(new SmtpReply(250, null, ""));
  }

  @Test
  void what_is_no_reply_is_none() {
    assertThat(Replies.parse(-1, "[EOF]")).isNull();
    assertThat(Replies.parse(0, "")).isNull();
    assertThat(Replies.parse(999, "999 odd")).isNull();
  }

  @Test
  void control_characters_and_endless_lines_do_not_come_through() {
    SmtpReply reply = Replies.parse(250, "250 a\u0000b\u001b[31m" + "x".repeat(10_000));

    assertThat(reply).isNotNull();
    assertThat(reply.text()).startsWith("a b [31m").hasSize(500);
  }
}
