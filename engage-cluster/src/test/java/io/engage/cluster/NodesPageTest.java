package io.engage.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.core.Job;
import io.engage.dialer.Dialer;
import io.engage.imap.MimeFormat;
import io.engage.jpa.JpaStorage;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.model.inbox.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page about nodes names every sort of job that they share. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-3")
class NodesPageTest {
  private static final Path PAGE = Path.of("..", "docs", "nodes.md");
  private static final Pattern NAMED = Pattern.compile("(?m)^\\| `([a-z-]+)");

  /** Of a campaign that runs; nobody runs one here. */
  private static final String CAMPAIGN = "campaign";

  @Test
  void every_sort_of_job_is_named_and_nothing_that_is_not_there() throws IOException {
    Set<String> named =
        NAMED
            .matcher(Files.readString(PAGE))
            .results()
            .map(each -> each.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    Set<String> sorts = sorts();

    assertThat(sorts).doesNotContain(CAMPAIGN);
    sorts.add(CAMPAIGN);
    assertThat(named).isEqualTo(sorts);
  }

  private static Set<String> sorts() {
    JpaStorage storage = JpaStorage.over(Databases.h2()).build();
    try (Engage engage =
            Engage.builder()
                .storage(storage)
                .blobs(storage.blobs())
                .mail(InMemoryMail.create(MimeFormat.create(), Clock.systemUTC()))
                .customers(InMemoryCustomerDirectory.create())
                .account(ShopNode.ACCOUNT)
                .inbox(ShopNode.SHOP)
                .keepFor(ShopNode.SHOP.id(), Duration.ofDays(1000))
                .signingKeys(Secret.of("a key that nobody can guess"))
                .publicUrl(URI.create("https://shop.example/engage"))
                .build();
        Dialer dialer = Dialer.over(engage)) {
      return Stream.concat(engage.jobs().stream(), dialer.jobs().stream())
          .map(Job::name)
          .map(each -> each.replaceFirst(":.*", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
