package io.engage.core.classifying;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("SY-7")
@DisplayNameGeneration(ReplaceUnderscores.class)
class SampleMailsTest {

  static Stream<SampleMail> deliveryReports() {
    return Stream.of(
            "bounces-postfix-exim",
            "bounces-classic",
            "bounces-microsoft-google",
            "bounces-providers",
            "bounces-odd")
        .flatMap(SampleMail::of);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deliveryReports")
  void a_delivery_report_says_what_became_of_which_mail_for_each_recipient(SampleMail mail) {
    Classification found = mail.classified();

    assertThat(Claims.heldBy(found, mail)).isEqualTo(mail.claims());
    assertThat(Claims.recipients(found)).isEqualTo(Claims.claimedRecipients(mail));
    assertThat(found.answerable().allowed()).isFalse();
  }

  static Stream<SampleMail> automaticMails() {
    return Stream.of("automatic", "receipts").flatMap(SampleMail::of);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("automaticMails")
  @Tag("G-25")
  @Tag("G-26")
  void what_a_program_answers_for_its_owner_is_recognised_and_never_answered(SampleMail mail) {
    Classification found = mail.classified();

    assertThat(Claims.heldBy(found, mail)).isEqualTo(mail.claims());
  }

  static Stream<SampleMail> complaints() {
    return SampleMail.of("complaints");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("complaints")
  void a_complaint_names_the_recipient_and_the_mail(SampleMail mail) {
    Classification found = mail.classified();

    assertThat(Claims.heldBy(found, mail)).isEqualTo(mail.claims());
  }

  static Stream<SampleMail> bulkMails() {
    return SampleMail.of("bulk");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bulkMails")
  @Tag("G-25")
  void mail_to_many_is_never_answered(SampleMail mail) {
    Classification found = mail.classified();

    assertThat(Claims.heldBy(found, mail)).isEqualTo(mail.claims());
  }

  static Stream<SampleMail> textMessages() {
    return SampleMail.of("sms");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("textMessages")
  @Tag("SY-8")
  void a_text_message_by_mail_has_a_number_and_what_was_written(SampleMail mail) {
    Classification found = mail.classified();

    assertThat(Claims.heldBy(found, mail)).isEqualTo(mail.claims());
  }

  static Stream<SampleMail> customersMails() {
    return SampleMail.of("persons");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("customersMails")
  @Tag("G-25")
  void what_a_customer_writes_stays_his_however_it_looks(SampleMail mail) {
    Classification found = mail.classified();

    assertThat(Claims.heldBy(found, mail)).isEqualTo(mail.claims());
  }
}
