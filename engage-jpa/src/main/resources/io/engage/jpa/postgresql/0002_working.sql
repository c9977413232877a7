create table engage_lease (
  name text collate "C" primary key,
  owner text collate "C" not null,
  token bigint not null,
  ends_at bigint not null
) with (fillfactor = 50);

create table engage_pace (
  name text collate "C" primary key,
  state bytea not null
) with (fillfactor = 50);

create table engage_attendance (
  conversation text collate "C" not null,
  agent text collate "C" not null,
  ends_at bigint not null,
  form smallint not null,
  body text not null,
  primary key (conversation, agent)
);

create index engage_attendance_end on engage_attendance (ends_at);

create table engage_cursor (
  account text collate "C" not null,
  folder text collate "C" not null,
  uid_validity bigint not null,
  last_uid bigint not null,
  compared_mod_seq bigint not null,
  compared_messages bigint not null,
  primary key (account, folder)
) with (fillfactor = 50);

-- Of what is on the server as far as is known, waiting is 'there'; of what waits for another try, 'quarantined'.
create table engage_ledger (
  account text collate "C" not null,
  folder text collate "C" not null,
  uid_validity bigint not null,
  uid bigint not null,
  state text collate "C" not null,
  waiting text collate "C" not null,
  form smallint not null,
  body text not null,
  primary key (account, folder, uid_validity, uid)
);

create index engage_ledger_waiting on engage_ledger (account, folder, waiting, uid_validity, uid) where waiting <> '';

-- Which mails on the server a message was imported from.
create table engage_ledger_place (
  message text collate "C" not null,
  account text collate "C" not null,
  folder text collate "C" not null,
  uid_validity bigint not null,
  uid bigint not null,
  primary key (message, account, folder, uid_validity, uid)
);

create index engage_ledger_place_uid on engage_ledger_place (account, folder, uid_validity, uid);

create sequence engage_outbox_token;

-- What is settled is deleted. What somebody has claimed, and neither settled nor given back, is held.
-- What has a lease, or was given back for later, is leased until a claim finds that this is over.
create table engage_outbox (
  number bigint generated always as identity primary key,
  id text collate "C" not null unique,
  account text collate "C" not null,
  message text collate "C",
  not_before bigint not null,
  token bigint not null,
  held boolean not null,
  attempting boolean not null,
  leased boolean not null,
  lease_until bigint not null,
  form smallint not null,
  body text not null
);

create index engage_outbox_due on engage_outbox (not_before, number) where not leased;
create index engage_outbox_lease on engage_outbox (lease_until) where leased;
create index engage_outbox_account on engage_outbox (account, id);
create index engage_outbox_message on engage_outbox (message) where message is not null;
