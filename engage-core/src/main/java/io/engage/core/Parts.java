package io.engage.core;

import io.engage.core.erasing.Pseudonyms;
import io.engage.core.threading.ThreadTokens;
import io.engage.model.inbox.MailAccount;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.AgentDirectory;
import io.engage.spi.Appointments;
import io.engage.spi.BlobStore;
import io.engage.spi.CustomerDirectory;
import io.engage.spi.IdSource;
import io.engage.spi.MailSystem;
import io.engage.spi.NotFound;
import io.engage.spi.Permissions;
import io.engage.spi.Presence;
import io.engage.spi.ScreenMonitor;
import io.engage.spi.SmsGateway;
import io.engage.spi.Storage;
import io.engage.spi.ToDos;
import java.time.Clock;
import java.util.concurrent.Executor;

/** What the host gave, and what every desk needs. */
record Parts(
    Storage storage,
    BlobStore blobs,
    MailSystem mail,
    CustomerDirectory customers,
    AgentDirectory agents,
    Permissions permissions,
    Presence presence,
    ToDos toDos,
    Appointments appointments,
    MailReader reader,
    ThreadTokens tokens,
    Accounts accounts,
    Clock clock,
    IdSource ids,
    Committing committing,
    SmsGateway sms,
    boolean numbersInSubjects,
    String region,
    LinkParts links,
    Pseudonyms pseudonyms,
    WritingRules writing,
    boolean verifiesSenders,
    ScreenMonitor screens,
    ChainFollower chain,
    Executor executor) {

  MailAccount account(AccountId id) {
    return accounts.find(id).orElseThrow(() -> new NotFound("mail account", id.value()));
  }
}
