package io.engage.core.folding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A line is looked at a bounded number of times, however the text was made, and no line that is
 * looked at is long. Together that is time in proportion to the length.
 */
@Tag("WK-14")
@Tag("G-14")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FoldingStepsTest {
  /** The most that was seen is 17, where each line might head a block. */
  private static final int MOST_LOOKS = 30;

  /** For what is looked for a few hundred times at most, whatever the length. */
  private static final int BOUNDED = 10_000;

  private static final int MEGABYTE = 1_000_000;
  private static final int LONGEST_LINE = 600;

  @ParameterizedTest
  @ValueSource(
      strings = {
        ">",
        "> \n",
        "x:\n",
        "On 2024-01-01 10:30 a@b.c wrote:\n",
        " \n",
        "From: a@b\n",
        "-----Original Message-----\n",
        "From: a@b\nSent: 1\nTo: b\nSubject: c\n\n",
        "<a@",
        "On ",
        "Date: 1\n",
        "From: a\n\nTo: b\n\n",
        "_____\na: <a@b>\n",
        "Hi Hi,\n",
        "From:\n\n\n",
        "see below\n-----Original Message-----\n",
        "_____\n",
        "1:\n",
        "> a?\nb:\n",
        "wrote:\nx\n",
        "10:15 on wrote\n\n> a\nx\n",
        "From: a@b\n> x\n",
        "<a@b> 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1:\n",
        "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((@a 10:15:\n",
        "Sent: 10:15 2024 a\n",
        "a écrit : \n",
        "De : \n",
        "> a?\nSent: 1\n",
        "> On 2024-01-01 10:30 a@b.c wrote:\nx\n",
        "\u0130\u0130\u0130\u0130\u0130\u0130\u0130\u0130\u0130\u0130\u0130\u0130:\n"
      })
  void a_hostile_megabyte_has_each_line_looked_at_a_few_times(String piece) {
    String text = piece.repeat(MEGABYTE / piece.length());
    CountedLines lines = new CountedLines(Line.of(text));

    Folding.decide(text, lines, Occasion.ANSWER);

    assertThat(lines.looks).isLessThan(MOST_LOOKS * lines.size() + BOUNDED);
  }

  @Test
  void whatever_is_repeated_has_each_line_looked_at_a_few_times() {
    Random random = new Random(20_260_522);
    String[] words = {
      ">",
      "> ",
      ">> ",
      "\n",
      "\n\n",
      "On 2024-01-01 10:30 a@b.c wrote:",
      "On ",
      "wrote:",
      "schrieb",
      "Le ",
      "10:15",
      "2024",
      "<a@b>",
      "<a@",
      "(",
      "From: a@b",
      "From: ",
      "Sent: 10:15 2024",
      "To: b",
      "Date: 1",
      "Subject: c",
      "De : ",
      "-----Original Message-----",
      "_____",
      "-- ",
      "*",
      ":",
      "a",
      "\u0130",
      "j'ai ",
      "1 ",
      "Hi all,",
      "Regards",
      "see below",
      "?",
      "> a?",
      "\t",
      "     ",
      "---- Forwarded message ----",
      "you ",
      "17.07.2025 09:05 >>>",
      "writes:",
      "\r\n"
    };
    for (int round = 0; round < 300; round++) {
      StringBuilder piece = new StringBuilder();
      random.ints(1 + random.nextInt(6), 0, words.length).forEach(i -> piece.append(words[i]));
      String text = piece.append('\n').toString().repeat(MEGABYTE / 10 / piece.length());
      CountedLines lines = new CountedLines(Line.of(text));

      Folding.decide(text, lines, Occasion.ANSWER);

      assertThat(lines.looks).as("%s", piece).isLessThan(MOST_LOOKS * lines.size() + BOUNDED);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 59, 599, 601, 100_000})
  void no_line_that_is_looked_at_is_long(int length) {
    String text = ("On ".repeat(length) + "\n").repeat(1 + MEGABYTE / length / 3);

    List<Line> lines = Line.of(text);

    assertThat(lines).allMatch(line -> line.words().length() <= LONGEST_LINE);
  }

  private static final class CountedLines extends AbstractList<Line> {
    private final List<Line> lines;
    private long looks;

    private CountedLines(List<Line> lines) {
      this.lines = lines;
    }

    @Override
    public Line get(int i) {
      looks++;
      return lines.get(i);
    }

    @Override
    public int size() {
      return lines.size();
    }
  }
}
