package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.spi.Storage;
import io.engage.testkit.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What H2 has committed survives the death of the process that a moment ago committed it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-2")
@Tag("G-8")
class H2WritesAtOnceTest {
  @TempDir private Path folder;

  @Test
  void what_was_committed_when_the_process_died_is_there() throws Exception {
    int exitCode = dieAfterCommitting(folder);

    assertThat(exitCode).isEqualTo(CommittingAndDying.DEAD);
    assertThat(storageIn(folder).inboxes().conversations(List.of(ConversationId.of("last-words"))))
        .hasSize(1);
  }

  private static int dieAfterCommitting(Path folder) throws IOException, InterruptedException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            CommittingAndDying.class.getName(),
            folder.toString())
        .inheritIO()
        .start()
        .waitFor();
  }

  private static Storage storageIn(Path folder) {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:" + folder.resolve("store") + ";DB_CLOSE_DELAY=-1");
    return JpaStorage.over(database).build();
  }

  /** A process of its own. */
  static final class CommittingAndDying {
    static final int DEAD = 9;

    private CommittingAndDying() {}

    /**
     * @param arguments folder
     */
    public static void main(String[] arguments) {
      Storage storage = storageIn(Path.of(arguments[0]));
      storage
          .inboxes()
          .commit(
              InboxChange.builder()
                  .conversations(List.of(Sample.conversation("last-words")))
                  .audit(
                      List.of(Sample.entry("entry", AuditSubject.NONE, new AuditFact.Completed())))
                  .build());
      Runtime.getRuntime().halt(DEAD);
    }
  }
}
