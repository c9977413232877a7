package io.engage.dialer;

import static io.engage.dialer.CampaignScene.SHOP;
import static io.engage.dialer.CampaignScene.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Outcome;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.EventTemplate;
import io.engage.model.campaign.RecipientId;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.AgentAction;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The host is asked before everything that an agent can do with campaigns. */
@Tag("TH-6")
@Tag("WK-10")
@DisplayNameGeneration(ReplaceUnderscores.class)
class EveryCampaignActionTest {
  /** What shows nothing of anybody, and lists that leave out what is not permitted. */
  private static final Set<String> ASKED_OTHERWISE = Set.of("list", "sampleList");

  /** What is recorded although it is only looked at. */
  private static final Set<String> LOOKED_CLOSELY = Set.of("export", "recount");

  private static final List<Row> ROWS =
      List.of(
          manage("create", s -> s.desk().create(SHOP.id(), "Summer", CampaignPlan.of("x"))),
          manage("save", s -> s.desk().save(s.campaign().withPlan("Summer", s.campaign().plan()))),
          manage("remove", s -> s.desk().remove(s.idle().id())),
          manage("upload", s -> s.desk().upload(s.id(), "a.txt", "text/plain", stream("prices"))),
          manage("removeFile", s -> s.desk().removeFile(s.id(), s.file())),
          manage(
              "importList",
              s ->
                  s.desk()
                      .importList(
                          s.id(),
                          ListImport.named("More"),
                          stream(CampaignScene.HEADER + "Spring;eva@customer.example;Hi;;;\n"))),
          manage("activate", s -> s.desk().activate(s.resting().id())),
          manage("deactivate", s -> s.desk().deactivate(s.list().id())),
          manage(
              "announceChange",
              s -> s.desk().announceChange(s.ride().id(), "Later", s.ride().plan())),
          manage(
              "announceCancellation",
              s -> s.desk().announceCancellation(s.ride().id(), "Off", CampaignPlan.of("Off"))),
          manage("removeList", s -> s.desk().removeList(s.resting().id())),
          run("sendTest", s -> s.desk().sendTest(s.row(), EmailAddress.of("clara@shop.example"))),
          run("start", s -> s.desk().start(s.id())),
          run("stop", s -> s.desk().stop(s.running().id())),
          run("resume", s -> s.desk().resume(s.stopped().id())),
          run("cancel", s -> s.desk().cancel(s.id())),
          run("resolve", s -> s.desk().resolve(s.id(), List.of(s.row()), Resolution.ARRIVED)),
          read("find", s -> s.desk().find(s.id())),
          read("files", s -> s.desk().files(s.id())),
          read("lists", s -> s.desk().lists(s.id())),
          read("preflight", s -> s.desk().preflight(s.id())),
          read("preview", s -> s.desk().preview(s.row())),
          read("monitor", s -> s.desk().monitor(s.id())),
          read("recount", s -> s.desk().recount(s.id())),
          read("recipients", s -> s.desk().recipients(s.list().id(), Set.of(), 0, 10)),
          read("export", s -> s.desk().export(s.list().id(), new ByteArrayOutputStream())));

  @Test
  void no_action_is_left_out() {
    Set<String> all =
        Arrays.stream(CampaignDesk.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
            .map(Method::getName)
            .filter(name -> !ASKED_OTHERWISE.contains(name))
            .collect(Collectors.toSet());

    assertThat(ROWS).extracting(Row::method).containsExactlyInAnyOrderElementsOf(all);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void what_is_refused_changes_nothing_says_so_and_is_recorded(Row row) throws Exception {
    try (CampaignScene scene = new CampaignScene()) {
      Stage stage = Stage.of(scene);
      scene.permissions.refuse(CampaignScene.CLARA.id(), row.action(), SHOP.id(), "Ask Dirk");
      List<AuditEntry> before = scene.trail();
      List<Object> stored = stored(scene, stage);

      Object answer = row.act().on(stage);

      assertThat(answer).isEqualTo(new Outcome.Refused<>("Ask Dirk"));
      assertThat(stored(scene, stage)).isEqualTo(stored);
      assertThat(scene.trail().subList(before.size(), scene.trail().size()))
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.actor()).isEqualTo(Actor.agent(CampaignScene.CLARA));
                assertThat(entry.fact())
                    .isEqualTo(new AuditFact.ActionRefused(row.action().code(), "Ask Dirk"));
              });
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void a_refusal_of_something_else_or_elsewhere_hinders_nobody(Row row) throws Exception {
    try (CampaignScene scene = new CampaignScene()) {
      Stage stage = Stage.of(scene);
      Arrays.stream(AgentAction.values())
          .forEach(
              action ->
                  scene.permissions.refuse(
                      CampaignScene.CLARA.id(), action, CampaignScene.REPAIRS.id(), "Ask Dirk"));
      Arrays.stream(AgentAction.values())
          .filter(action -> action != row.action())
          .forEach(
              action ->
                  scene.permissions.refuse(
                      CampaignScene.CLARA.id(), action, SHOP.id(), "Ask Dirk"));

      Object answer = row.act().on(stage);

      assertThat(answer)
          .isNotInstanceOf(Outcome.Refused.class)
          .isNotInstanceOf(Outcome.Unknown.class);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void what_is_done_is_recorded_in_the_name_of_whoever_did_it(Row row) throws Exception {
    try (CampaignScene scene = new CampaignScene()) {
      Stage stage = Stage.of(scene);
      int before = scene.trail().size();

      row.act().on(stage);

      assertThat(scene.trail().subList(before, scene.trail().size()))
          .isNotEmpty()
          .allMatch(entry -> entry.actor().equals(Actor.agent(CampaignScene.CLARA)))
          .noneMatch(entry -> entry.fact().toString().contains("@"));
    }
  }

  @Test
  void a_list_leaves_out_the_inboxes_in_which_it_is_refused() {
    try (CampaignScene scene = new CampaignScene()) {
      scene.spring();
      scene.desk.create(CampaignScene.REPAIRS.id(), "Repairs", CampaignPlan.of("x"));

      scene.permissions.refuse(
          CampaignScene.CLARA.id(), AgentAction.READ_CAMPAIGNS, SHOP.id(), "Ask Dirk");

      assertThat(scene.desk.list()).extracting(Campaign::name).containsExactly("Repairs");
    }
  }

  static Stream<Row> rows() {
    return ROWS.stream();
  }

  /** What an agent only looks at leaves no entry, except for what leaves the house or is mended. */
  static Stream<Row> changes() {
    return ROWS.stream()
        .filter(
            row ->
                row.action() != AgentAction.READ_CAMPAIGNS || LOOKED_CLOSELY.contains(row.method()))
        .filter(row -> !row.method().equals("resolve"));
  }

  private static List<Object> stored(CampaignScene scene, Stage stage) {
    return List.of(
        scene.storage.documents().ofOwner(DocumentKey.Kind.CAMPAIGN, "", "", 100),
        scene
            .storage
            .documents()
            .ofOwner(DocumentKey.Kind.CAMPAIGN_LIST, stage.id().value(), "", 9),
        scene
            .storage
            .documents()
            .ofOwner(DocumentKey.Kind.CAMPAIGN_ATTACHMENT, stage.id().value(), "", 9),
        scene.storage.recipients().of(stage.list().id(), Set.of(), 0, 10),
        scene.mail.sent());
  }

  private static Row manage(String method, Act act) {
    return new Row(method, AgentAction.MANAGE_CAMPAIGNS, act);
  }

  private static Row run(String method, Act act) {
    return new Row(method, AgentAction.RUN_CAMPAIGNS, act);
  }

  private static Row read(String method, Act act) {
    return new Row(method, AgentAction.READ_CAMPAIGNS, act);
  }

  /** Something that an agent does. */
  @FunctionalInterface
  interface Act {
    Object on(Stage stage) throws Exception;
  }

  /** An action, and what the host is asked before it. */
  record Row(String method, AgentAction action, Act act) {
    @Override
    public String toString() {
      return method;
    }
  }

  /**
   * A campaign with a list that is sent to, one that rests, and a file; and others that run, were
   * stopped, or were never begun.
   */
  record Stage(
      CampaignScene scene,
      Campaign campaign,
      CampaignList list,
      CampaignList resting,
      String file,
      Campaign running,
      Campaign stopped,
      Campaign idle,
      Campaign ride) {

    static Stage of(CampaignScene scene) throws Exception {
      Campaign ride = invited(scene);
      Campaign spring = scene.spring(CampaignPlan.of("Spring"));
      CampaignList list = scene.active(spring.id());
      CampaignList resting =
          scene
              .imported(
                  spring.id(), ListImport.named("Resting"), "Spring;carl@customer.example;Hi;;;\n")
              .list();
      String file =
          scene
              .desk
              .upload(spring.id(), "b.txt", "text/plain", stream("more"))
              .findValue()
              .orElseThrow()
              .token();
      Campaign running = started(scene, "Autumn");
      Campaign stopped = started(scene, "Winter");
      scene.desk.stop(stopped.id());
      Campaign idle =
          scene.desk.create(SHOP.id(), "Idle", CampaignPlan.of("x")).findValue().orElseThrow();
      return new Stage(scene, spring, list, resting, file, running, stopped, idle, ride);
    }

    private static Campaign invited(CampaignScene scene) {
      EventTemplate event =
          EventTemplate.of("Ride", "2026-04-01 10:00", "2026-04-01 12:00", ZoneId.of("UTC"));
      Campaign ride =
          scene
              .desk
              .create(SHOP.id(), "Ride", CampaignPlan.of("Ride").withEvent(event))
              .findValue()
              .orElseThrow();
      scene.imported(
          ride.id(),
          ListImport.named("Riders").thenActivated(),
          "Ride;ana@customer.example;Hi;;;\n");
      scene.desk.start(ride.id());
      scene.dialer.workOff();
      return scene.now(ride.id());
    }

    private static Campaign started(CampaignScene scene, String name) {
      Campaign campaign =
          scene.desk.create(SHOP.id(), name, CampaignPlan.of("x")).findValue().orElseThrow();
      scene.imported(
          campaign.id(),
          ListImport.named("Buyers").thenActivated(),
          name + ";ana@customer.example;Hi;;;\n");
      scene.desk.start(campaign.id());
      return campaign;
    }

    CampaignDesk desk() {
      return scene.desk;
    }

    CampaignId id() {
      return campaign.id();
    }

    RecipientId row() {
      return RecipientId.of(list.id(), 1);
    }
  }
}
