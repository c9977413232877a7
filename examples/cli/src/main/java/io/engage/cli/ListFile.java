package io.engage.cli;

import io.engage.core.templating.Variable;
import io.engage.dialer.ListStream;
import io.engage.dialer.listing.CheckedRow;
import io.engage.dialer.listing.ListReading;
import io.engage.dialer.listing.ListRow;
import io.engage.dialer.listing.ListRules;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientState;
import io.engage.model.template.Template.Purpose;
import io.engage.spi.Recipients;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The file whose rows are sent to, all of one campaign. */
final class ListFile {
  private static final int ROWS_AT_ONCE = 500;

  private final Path file;
  private final String campaign;

  private ListFile(Path file, String campaign) {
    this.file = file;
    this.campaign = campaign;
  }

  /**
   * @param campaign null when the first row names it
   */
  static ListFile of(Path file, @Nullable String campaign) throws IOException {
    return new ListFile(file, campaign == null ? campaignIn(file) : campaign);
  }

  String campaign() {
    return campaign;
  }

  /**
   * @param refused rows that are no recipients
   */
  record Counts(long recipients, long refused) {}

  /** How many recipients there are, and how many rows are none. */
  Counts store(ListId listId, Recipients recipients, PrintStream complaints) throws IOException {
    Set<String> given =
        Variable.offeredIn(Purpose.DIALER).stream()
            .map(Variable::field)
            .collect(Collectors.toSet());
    long good = 0;
    long refused = 0;
    List<Recipient> batch = new ArrayList<>();
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
      ListReading reading =
          ListReading.open(ListStream.of(bytes), ListRules.of(campaign).withGiven(given));
      reading.problems().forEach(problem -> complaints.println(problem));
      while (reading.hasNext()) {
        CheckedRow row = reading.next();
        row.problems().forEach(problem -> complaints.println(problem));
        if (row instanceof CheckedRow.Refused) {
          refused++;
        } else {
          batch.add(recipient(listId, row));
          good++;
        }
        if (batch.size() == ROWS_AT_ONCE || !reading.hasNext()) {
          recipients.add(batch);
          batch.clear();
        }
      }
    }
    return new Counts(good, refused);
  }

  private static Recipient recipient(ListId listId, CheckedRow checked) {
    boolean sendable = checked instanceof CheckedRow.Good;
    ListRow row =
        checked instanceof CheckedRow.Failed failed
            ? failed.value()
            : ((CheckedRow.Good) checked).value();
    RecipientState failed =
        RecipientState.failed(
            RecipientOutcome.of(Why.INVALID_ROW, "The row cannot be sent"), Instant.now());
    return new Recipient(
        RecipientId.of(listId, row.row()),
        row.address(),
        row.priority(),
        new Recipient.Row(row.message(), row.attachments(), row.variables()),
        sendable ? RecipientState.PENDING : failed);
  }

  /** By which another run with the same list knows it. */
  String digest() throws IOException {
    MessageDigest digest = sha256();
    digest.update((campaign + '\n').getBytes(StandardCharsets.UTF_8));
    try (InputStream bytes = Files.newInputStream(file)) {
      bytes.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }

  /** As the first row says, when nobody says otherwise: whoever dials a file means all of it. */
  private static String campaignIn(Path file) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String header = String.valueOf(lines.readLine()).replace("\uFEFF", "");
      String separator = header.contains(";") ? ";" : header.contains("\t") ? "\t" : ",";
      List<String> columns = cells(header, separator);
      int column = Math.max(0, columns.indexOf("campaign"));
      List<String> first = cells(String.valueOf(lines.readLine()), separator);
      return column < first.size() ? first.get(column) : "";
    }
  }

  private static List<String> cells(String line, String separator) {
    return Arrays.stream(line.split(separator, -1))
        .map(cell -> cell.strip().replace("\"", "").toLowerCase(Locale.ROOT))
        .toList();
  }
}
