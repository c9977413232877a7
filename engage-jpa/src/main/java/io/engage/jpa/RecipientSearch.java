package io.engage.jpa;

import io.engage.jpa.RecipientBlocks.Block;
import io.engage.model.campaign.ListId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One look for those whose turn it is: block after block, the lowest priorities first, then in the
 * order of the lists, then of their rows.
 */
final class RecipientSearch {
  /** So many more blocks than those that hold enough, since others are at the first ones too. */
  private static final int SPARE = 1;

  private final Session session;
  private final List<ListId> lists;
  private final long now;
  private final List<RecipientStanding> taken = new ArrayList<>();
  private final List<Block> exhausted = new ArrayList<>();

  RecipientSearch(Session session, List<ListId> lists, long now) {
    this.session = session;
    this.lists = lists;
    this.now = now;
  }

  /**
   * Whether all who are due are in turn. If not, nobody is to be taken yet, since somebody of a
   * lower priority may still come; the transaction ends, and another one goes on.
   */
  boolean awaken() throws SQLException {
    boolean all = true;
    for (int i = 0; all && i < lists.size(); i++) {
      all = RecipientBlocks.awaken(session, lists.get(i), now);
    }
    return all;
  }

  /** They are the caller's from now on. */
  List<RecipientStanding> take(int limit) throws SQLException {
    Set<Object> looked = new HashSet<>();
    int most = SPARE + (limit + RecipientBlocks.Stretch.ROWS - 1) / RecipientBlocks.Stretch.ROWS;
    boolean more = true;
    while (more && taken.size() < limit) {
      List<Block> first = first(most);
      List<Block> next =
          first.stream()
              .filter(each -> looked.add(List.of(each.stretch(), each.priority())))
              .toList();
      takeOf(next, limit - taken.size());
      more = first.size() == most;
      most *= 2;
    }
    return taken;
  }

  /** Blocks that have nobody left for now; to be passed over when what was taken is claimed. */
  List<Block> exhausted() {
    return exhausted;
  }

  private List<Block> first(int most) throws SQLException {
    List<Block> due = new ArrayList<>();
    for (ListId list : lists) {
      due.addAll(RecipientBlocks.ready(session, list, most));
    }
    due.sort(Comparator.comparingInt(Block::priority));
    return due.subList(0, Math.min(most, due.size()));
  }

  /** Those before the last block of which somebody was taken have given all that they had. */
  private void takeOf(List<Block> blocks, int wanted) throws SQLException {
    if (blocks.isEmpty()) {
      return;
    }
    List<RecipientStanding> some = RecipientBlocks.take(session, blocks, now, wanted);
    taken.addAll(some);
    int given = some.size() < wanted ? blocks.size() : placeOf(some.get(wanted - 1), blocks);
    exhausted.addAll(blocks.subList(0, given));
  }

  private static int placeOf(RecipientStanding last, List<Block> blocks) {
    int place = 0;
    while (!blocks.get(place).holds(last)) {
      place++;
    }
    return place;
  }
}
