package io.engage.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engage.core.auditing.Verifying;
import io.engage.model.audit.AuditAnchor;
import io.engage.model.audit.AuditVerdict;
import io.engage.model.audit.AuditVerdict.Broken;
import io.engage.model.audit.AuditVerdict.Intact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code engage audit}: what can be done with an exported audit trail. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Checks exported audit trails.")
final class AuditCommand {
  private final Console console;
  private final ObjectMapper json = new ObjectMapper();

  @Spec private CommandSpec spec = CommandSpec.create();

  AuditCommand(Console console) {
    this.console = console;
  }

  /** {@code engage audit verify}: whether an exported trail is as it was written. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description =
          "Says whether an exported audit trail is as it was written, and where it is not. Several"
              + " files are pieces of one trail, in order.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {"0:as it was written", "1:tampered with, or unreadable", "2:not understood"})
  int verify(
      @Parameters(paramLabel = "FILE", arity = "1..*", description = "Exports of the audit desk.")
          List<String> files,
      @Option(
              names = "--anchor",
              paramLabel = "ANCHOR",
              description =
                  "A sequence and a seal (17:3f…) that were kept elsewhere; may be repeated.")
          @Nullable List<String> anchors,
      @Option(names = "--json", description = "One JSON object instead of a sentence.")
          boolean asJson)
      throws IOException {
    List<AuditAnchor> known = anchors == null ? List.of() : known(anchors);
    try (AuditPieces pieces = AuditPieces.open(files.stream().map(Path::of).toList())) {
      AuditVerdict verdict = verdict(pieces, known);
      console.out().println(asJson ? object(verdict) : sentence(pieces.start(), verdict));
      return verdict.isIntact() ? 0 : 1;
    } catch (IOException | UncheckedIOException | InvalidPathException unreadable) {
      console.err().println("The audit trail cannot be read: " + reason(unreadable));
      return 1;
    }
  }

  /** Whatever is wrong with a link comes before what is wrong behind it. */
  private static AuditVerdict verdict(AuditPieces pieces, List<AuditAnchor> known) {
    AuditVerdict links = Verifying.decide(pieces.start(), pieces, known);
    boolean toTheEnd =
        links instanceof Intact
            || (links instanceof Broken broken && broken.damage() == AuditVerdict.Damage.CUT_OFF);
    return toTheEnd ? pieces.findProblem().<AuditVerdict>map(each -> each).orElse(links) : links;
  }

  private List<AuditAnchor> known(List<String> anchors) {
    try {
      return anchors.stream().map(AuditAnchor::parse).toList();
    } catch (IllegalArgumentException notAnAnchor) {
      throw new ParameterException(
          spec.subcommands().get("verify"), String.valueOf(notAnAnchor.getMessage()), notAnAnchor);
    }
  }

  private static String sentence(AuditAnchor start, AuditVerdict verdict) {
    if (verdict instanceof Broken broken) {
      return "Tampered with at entry %d: %s. Entries up to %d are as they were written."
          .formatted(broken.place(), broken.damage().sentence(), broken.intactUpTo().sequence());
    }
    AuditAnchor end = ((Intact) verdict).upTo();
    return "As it was written, entries %d to %d. Keep this anchor: %s"
        .formatted(start.sequence() + 1, end.sequence(), end);
  }

  private String object(AuditVerdict verdict) throws IOException {
    ObjectNode object = json.createObjectNode().put("intact", verdict.isIntact());
    if (verdict instanceof Broken broken) {
      object
          .put("upTo", broken.intactUpTo().toString())
          .put("place", broken.place())
          .put("damage", broken.damage().code());
    } else if (verdict instanceof Intact intact) {
      object.put("upTo", intact.upTo().toString());
    }
    return json.writeValueAsString(object);
  }

  private static String reason(Exception failure) {
    if (failure instanceof UncheckedIOException wrapped && wrapped.getCause() != null) {
      return reason(wrapped.getCause());
    }
    return failure instanceof NoSuchFileException missing
        ? "there is no file '%s'".formatted(missing.getFile())
        : String.valueOf(failure.getMessage());
  }
}
