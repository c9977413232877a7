package io.engage.core.recording;

/** How a printed page looks. */
final class PaperStyle {
  /**
   * Goes by classes alone: mails have elements of every name, and no classes. What a mail says of
   * its own measures is undone within its frame: nothing reaches over the line or beyond the paper,
   * or lies over something else. Indents are parts of what is there, so that many in one another
   * leave room as well.
   */
  static final String SHEET =
      """
      @page { margin: 18mm 15mm; }
      .page { font: 10.5pt/1.4 sans-serif; color: #000; background: #fff; margin: 1em auto;
        max-width: 52em; }
      .title { font-size: 14pt; margin: 0 0 .4em; break-after: avoid; }
      .heading { font-size: 12pt; margin: 1.6em 0 .4em; break-after: avoid; }
      .facts { border-collapse: collapse; font-size: 9.5pt; break-after: avoid; }
      .facts th { text-align: left; vertical-align: top; font-weight: bold;
        padding: 0 1em 0 0; white-space: nowrap; }
      .facts td { overflow-wrap: anywhere; }
      .piece { border-top: 1pt solid #666; margin-top: 1.2em; padding-top: .6em; }
      .body { display: flow-root; border-left: 3pt double #666; margin: .8em 0; padding-left: 1em;
        overflow-wrap: anywhere; }
      .body :not(img) { width: auto !important; }
      .body * { float: none !important; min-width: 0 !important; max-width: 100% !important;
        height: auto !important; min-height: 0 !important; max-height: none !important;
        margin: revert !important; padding: revert !important;
        border-width: thin !important; border-spacing: 1px !important; overflow: visible !important;
        font-size: inherit !important; line-height: inherit !important;
        letter-spacing: inherit !important; word-spacing: inherit !important;
        text-wrap-mode: wrap !important; overflow-wrap: anywhere !important;
        table-layout: auto !important; list-style-position: inside !important; }
      .body td, .body th { padding: 1px 3px !important; }
      .body ul, .body ol, .body dd, .body figure, .body blockquote {
        margin: .4em 0 !important; padding: 0 0 0 3% !important; }
      .body pre { white-space: pre-wrap; font-family: inherit; }
      .end { font-size: 8.5pt; margin: .4em 0 0; text-align: right; }
      .trail { font-size: 9pt; padding-left: 1.2em; }
      .gone { font-style: italic; }
      """;

  private PaperStyle() {}
}
