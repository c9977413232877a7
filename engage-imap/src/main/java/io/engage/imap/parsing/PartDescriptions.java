package io.engage.imap.parsing;

import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.BodyDescriptorBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.RawField;
import org.jspecify.annotations.Nullable;

/** Gathers the fields of one part's header that describe its body, and tells the parser of them. */
final class PartDescriptions implements BodyDescriptorBuilder {
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[a-z0-9!#$&^_.+*-]{1,127}/[a-z0-9!#$&^_.+*-]{1,127}");
  private static final String TOKEN = "[A-Za-z0-9!#$&^_.+*-]{1,127}";
  private static final Pattern TORN_TYPE =
      Pattern.compile(
          "^\\s{0,9}("
              + TOKEN
              + ")\\s{0,9}/\\s{0,9}("
              + TOKEN
              + ")\\s{0,9}[;,]?\\s{0,9}"
              + "(?=$|[A-Za-z]{1,20}\\s{0,9}=)");
  private static final Map<String, String> WITHOUT_SUBTYPE =
      Map.of("html", "text/html", "multipart", "multipart/mixed");
  private static final String PLAIN = "text/plain";
  private static final String UNKNOWN = "application/octet-stream";

  private final int depth;
  private final Predicate<PartHead> mayDescend;
  private final String typeOfParent;
  private @Nullable String type;
  private @Nullable String disposition;
  private @Nullable String encoding;
  private @Nullable String contentId;
  private PartHead built = PartHead.PLAIN;

  /**
   * @param mayDescend asked for each multipart that could be read further
   */
  static PartDescriptions outermost(Predicate<PartHead> mayDescend, int depth) {
    return new PartDescriptions(mayDescend, depth, "");
  }

  private PartDescriptions(Predicate<PartHead> mayDescend, int depth, String typeOfParent) {
    this.mayDescend = mayDescend;
    this.depth = depth;
    this.typeOfParent = typeOfParent;
  }

  @Override
  public void reset() {
    type = null;
    disposition = null;
    encoding = null;
    contentId = null;
  }

  /** The first field of each name counts, as it does for those who scan mail before us. */
  @Override
  public @Nullable Field addField(RawField field) {
    switch (field.getNameLowerCase()) {
      case "content-type" -> type = first(type, field);
      case "content-disposition" -> disposition = first(disposition, field);
      case "content-transfer-encoding" -> encoding = first(encoding, field);
      case "content-id" -> contentId = first(contentId, field);
      default -> {}
    }
    return null;
  }

  @Override
  public BodyDescriptor build() {
    PartHead leaf = leaf();
    boolean descends =
        leaf.isMultipart() && leaf.hasBoundary() && depth < Bounds.DEPTH && mayDescend.test(leaf);
    built =
        new PartHead(
            leaf.type(),
            leaf.contentType(),
            leaf.parameters(),
            leaf.disposition(),
            leaf.fileName(),
            leaf.encoding(),
            leaf.contentId(),
            descends);
    return built;
  }

  @Override
  public BodyDescriptorBuilder newChild() {
    return new PartDescriptions(mayDescend, depth + 1, built.type());
  }

  private PartHead leaf() {
    Parameters typed = type == null ? Parameters.NONE : Parameters.parse(mended(type));
    Parameters disposed = disposition == null ? Parameters.NONE : Parameters.parse(disposition);
    String name = disposed.decoded("filename");
    String fileName = name != null ? name : typed.decoded("name");
    return new PartHead(
        typeOf(typed.value(), fileName != null),
        typed,
        parametersOf(type),
        disposed.value(),
        fileName,
        encoding == null ? "" : Parameters.parse(encoding).value(),
        contentId == null ? null : withoutBrackets(contentId),
        false);
  }

  /** {@code text / html}, {@code text/html charset=utf-8}, {@code text/html, charset=utf-8}. */
  private static String mended(String type) {
    Matcher matcher = TORN_TYPE.matcher(type);
    return matcher.find() && !matcher.group().isEmpty()
        ? matcher.group(1) + '/' + matcher.group(2) + ';' + type.substring(matcher.end())
        : type;
  }

  private String typeOf(String declared, boolean named) {
    String whole = WITHOUT_SUBTYPE.get(declared);
    if (whole != null && !(named && whole.startsWith("text/"))) {
      return whole;
    }
    if (MEDIA_TYPE.matcher(declared).matches()) {
      return declared;
    }
    if (type == null && typeOfParent.equals("multipart/digest")) {
      return "message/rfc822";
    }
    return type != null && named ? UNKNOWN : PLAIN;
  }

  private static String parametersOf(@Nullable String type) {
    int semicolon = type == null ? -1 : type.indexOf(';');
    return type == null || semicolon < 0 ? "" : type.substring(semicolon + 1).strip();
  }

  private static @Nullable String withoutBrackets(String contentId) {
    int from = contentId.indexOf('<');
    int to = contentId.indexOf('>', from + 1);
    String id = (from >= 0 && to > from ? contentId.substring(from + 1, to) : contentId).strip();
    return id.isEmpty() || id.length() > 998 ? null : id;
  }

  private static String first(@Nullable String earlier, RawField field) {
    String body = field.getBody();
    return earlier != null ? earlier : body == null ? "" : body;
  }
}
