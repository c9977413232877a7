package io.engage.core.sanitizing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.message.UntrustedHtml;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("SY-3")
@DisplayNameGeneration(ReplaceUnderscores.class)
class PlainTextTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "<p>Hello</p><p>Ana</p> | Hello\\n\\nAna",
        "<div>Hello</div><div>Ana</div> | Hello\\nAna",
        "Hello<br>Ana<br><br>Bye | Hello\\nAna\\n\\nBye",
        "<div>Hello</div><div><br></div><div>Ana</div> | Hello\\n\\nAna",
        "a  <b>b</b>\\n c&nbsp;d | a b c d",
        "<b>bo</b>ld | bold",
        "<ul><li>Lamp</li><li>Rack</li></ul> | - Lamp\\n- Rack",
        "<table><tr><td>Lamp</td><td>9 EUR</td></tr><tr><td>Rack</td><td>5 EUR</td></tr></table> | Lamp 9 EUR\\nRack 5 EUR",
        "<a href='https://shop.example/o'>Your order</a>. | Your order <https://shop.example/o> .",
        "<a href='https://shop.example/'>shop.example</a> | shop.example",
        "Ana &lt;<a href='mailto:ana@mail.example'>ana@mail.example</a>&gt; | Ana <ana@mail.example>",
        "<style>p{}</style><script>x()</script><p>Hello</p> | Hello",
        "<p style='display: none'>preview</p>Hello | Hello",
        "<img src=x alt='Our logo'>Hello | [Our logo] Hello",
        "<pre>a\\n  b</pre> | a\\n  b"
      })
  void html_reads_as_lines(String html, String text) {
    assertThat(read(html.replace("\\n", "\n"))).isEqualTo(text.replace("\\n", "\n"));
  }

  @Test
  @Tag("WK-14")
  void quotes_get_quote_marks_so_that_history_folds() {
    String html =
        "<div>Yes, Tuesday.</div><br><div class=\"gmail_quote\"><div>On Fri, May 3, 2024 at 10:30 AM"
            + " Shop &lt;<a href=\"mailto:s@shop.example\">s@shop.example</a>&gt; wrote:<br></div>"
            + "<blockquote class=\"gmail_quote\"><div>Is Tuesday fine?</div><div><br></div>"
            + "<blockquote>Which day?</blockquote></blockquote></div>";

    String text = read(html);

    assertThat(text)
        .isEqualTo(
            """
            Yes, Tuesday.

            On Fri, May 3, 2024 at 10:30 AM Shop <s@shop.example> wrote:
            > Is Tuesday fine?
            >
            >> Which day?""");
  }

  @Test
  @Tag("WK-14")
  void what_a_person_indents_is_no_quote() {
    String html =
        "Hello<blockquote style=\"margin:0 0 0 40px;border:none;padding:0px\">I need a lamp</blockquote>";

    assertThat(read(html)).isEqualTo("Hello\nI need a lamp");
  }

  private static String read(String html) {
    return PlainText.decide(new UntrustedHtml(html));
  }
}
