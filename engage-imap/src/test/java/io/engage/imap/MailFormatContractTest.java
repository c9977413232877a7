package io.engage.imap;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.message.MailContent;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.PartPath;
import io.engage.model.message.SharedText;
import io.engage.spi.MailFormat;
import io.engage.testkit.MailFormatContract;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The contract refuses formats that break it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MailFormatContractTest {

  @Test
  void a_format_that_throws_for_odd_bytes_is_refused() {
    MailFormat strict =
        new Broken() {
          @Override
          public ParsedMail parse(MailContent content) {
            throw new IllegalArgumentException("This is no mail");
          }
        };

    refused(of(strict)::any_bytes_give_a_result);
  }

  @Test
  void a_format_that_loses_a_file_is_refused() {
    MailFormat forgetful =
        new Broken() {
          @Override
          public ParsedMail parse(MailContent content) throws IOException {
            ParsedMail mail = super.parse(content);
            return new ParsedMail(
                mail.headers(),
                mail.fields(),
                mail.contentType(),
                mail.text(),
                mail.html(),
                List.of(),
                mail.reports(),
                mail.warnings());
          }
        };

    refused(of(forgetful)::every_leaf_is_shown_or_listed_and_can_be_written);
    refused(of(forgetful)::names_of_files_are_safe);
  }

  @Test
  void a_format_that_writes_nothing_for_a_missing_part_is_refused() {
    MailFormat silent =
        new Broken() {
          @Override
          public void writePart(MailContent content, PartPath part, OutputStream to) {}
        };

    refused(of(silent)::a_part_that_is_not_there_is_not_found);
    refused(of(silent)::every_leaf_is_shown_or_listed_and_can_be_written);
  }

  @Test
  void a_format_that_reads_the_mail_for_each_part_is_refused() {
    MailFormat slow =
        new Broken() {
          @Override
          public void writeParts(MailContent content, Collection<PartPath> parts, PartReceiver to)
              throws IOException {
            List<PartPath> inOrder =
                parts.stream().distinct().sorted(Comparator.comparing(PartPath::value)).toList();
            for (PartPath each : inOrder) {
              super.writeParts(content, List.of(each), to);
            }
          }
        };

    refused(of(slow)::several_parts_are_written_one_after_the_other_in_one_reading);
  }

  @Test
  void a_format_that_closes_nothing_or_writes_what_it_finds_alone_is_refused() {
    MailFormat careless =
        new Broken() {
          @Override
          public void writeParts(MailContent content, Collection<PartPath> parts, PartReceiver to)
              throws IOException {
            super.writeParts(
                content,
                parts.stream().filter(each -> !each.value().equals("99")).toList(),
                part -> unclosed(to.open(part)));
          }
        };

    refused(of(careless)::several_parts_are_written_one_after_the_other_in_one_reading);
    refused(of(careless)::where_one_of_several_parts_is_not_there_it_is_named);
  }

  private static OutputStream unclosed(OutputStream to) {
    return new FilterOutputStream(to) {
      @Override
      public void close() {}
    };
  }

  @Test
  void a_format_that_keeps_bcc_or_bare_line_feeds_is_refused() {
    refused(
        of(composing("Subject: ", "Bcc: hidden@customers.example\r\nSubject: "))
            ::a_composed_mail_has_one_of_each_field_and_no_bcc);
    refused(
        of(composing("Subject: ", "Subject: x\r\nSubject: "))
            ::a_composed_mail_has_one_of_each_field_and_no_bcc);
    refused(of(composing("\r\n", "\n"))::a_composed_mail_is_ascii_in_lines_that_every_server_takes);
  }

  @Test
  void a_format_that_never_composes_the_same_is_refused() {
    MailFormat random =
        new Broken() {
          private int count;

          @Override
          public byte[] compose(OutboundMessage message) throws IOException {
            byte[] bytes = super.compose(message);
            bytes[bytes.length / 2] = (byte) ('a' + count++ % 26);
            return bytes;
          }
        };

    refused(of(random)::the_same_message_gives_the_same_bytes);
  }

  @Test
  void a_format_that_leaves_out_what_mails_do_not_share_is_refused() {
    MailFormat hasty =
        new Broken() {
          @Override
          public MailSeries series(SharedText text, @Nullable SharedText html) {
            MailSeries right = super.series(text, html);
            List<String> none = Collections.nCopies(text.places(), "");
            return (message, values) -> right.compose(with(message, text.filled(none)), values);
          }
        };

    refused(of(hasty)::mails_that_share_their_texts_have_the_bytes_that_each_has_alone);
  }

  @Test
  void a_format_that_hides_an_invitation_from_outlook_or_loses_it_is_refused() {
    MailFormat forgetful =
        new Broken() {
          @Override
          public byte[] compose(OutboundMessage message) throws IOException {
            return message.calendar() == null
                ? super.compose(message)
                : super.compose(withoutInvitation(message));
          }
        };

    refused(of(forgetful)::an_invitation_stands_beside_the_text_and_once_more_as_a_file);
    refused(of(forgetful)::an_invitation_is_an_alternative_in_the_first_part_of_the_whole);
    refused(
        of(composing("method=REQUEST", "method=PUBLISH"))
            ::an_invitation_stands_beside_the_text_and_once_more_as_a_file);
    refused(
        of(composing("multipart/alternative", "multipart/mixed"))
            ::an_invitation_is_an_alternative_in_the_first_part_of_the_whole);
  }

  private static OutboundMessage withoutInvitation(OutboundMessage message) {
    return with(message, message.text());
  }

  /** Without an invitation. */
  private static OutboundMessage with(OutboundMessage message, String text) {
    return new OutboundMessage(
        message.messageId(),
        message.date(),
        message.from(),
        message.to(),
        message.cc(),
        message.bcc(),
        message.replyTo(),
        message.subject(),
        text,
        message.html(),
        message.inReplyTo(),
        message.references(),
        message.extraFields(),
        message.attachments());
  }

  private static MailFormat composing(String text, String instead) {
    return new Broken() {
      @Override
      public byte[] compose(OutboundMessage message) throws IOException {
        String mail = new String(super.compose(message), StandardCharsets.ISO_8859_1);
        return mail.replace(text, instead).getBytes(StandardCharsets.ISO_8859_1);
      }
    };
  }

  private static void refused(Executable promise) {
    assertThatThrownBy(promise::execute)
        .isInstanceOfAny(AssertionError.class, IllegalArgumentException.class);
  }

  private static MailFormatContract of(MailFormat format) {
    return new MailFormatContract() {
      @Override
      protected MailFormat format() {
        return format;
      }
    };
  }

  /** As it should be, but for what a test overrides. */
  private static class Broken implements MailFormat {
    private final MailFormat right = MimeFormat.create();

    @Override
    public ParsedMail parse(MailContent content) throws IOException {
      return right.parse(content);
    }

    @Override
    public void writePart(MailContent content, PartPath part, OutputStream to) throws IOException {
      right.writePart(content, part, to);
    }

    @Override
    public void writeParts(MailContent content, Collection<PartPath> parts, PartReceiver to)
        throws IOException {
      right.writeParts(content, parts, to);
    }

    @Override
    public byte[] compose(OutboundMessage message) throws IOException {
      return right.compose(message);
    }
  }
}
