create table if not exists engage_lease (
  name varchar primary key,
  owner varchar not null,
  token bigint not null,
  ends_at bigint not null
);

create table if not exists engage_pace (
  name varchar primary key,
  state varbinary not null
);

create table if not exists engage_attendance (
  conversation varchar not null,
  agent varchar not null,
  ends_at bigint not null,
  form smallint not null,
  body clob not null,
  primary key (conversation, agent)
);

create index if not exists engage_attendance_end on engage_attendance (ends_at);

create table if not exists engage_cursor (
  account varchar not null,
  folder varchar not null,
  uid_validity bigint not null,
  last_uid bigint not null,
  compared_mod_seq bigint not null,
  compared_messages bigint not null,
  primary key (account, folder)
);

-- Of what is on the server as far as is known, waiting is 'there'; of what waits for another try, 'quarantined'.
create table if not exists engage_ledger (
  account varchar not null,
  folder varchar not null,
  uid_validity bigint not null,
  uid bigint not null,
  state varchar not null,
  waiting varchar not null,
  form smallint not null,
  body clob not null,
  primary key (account, folder, uid_validity, uid)
);

create index if not exists engage_ledger_waiting on engage_ledger (account, folder, waiting, uid_validity, uid);

-- Which mails on the server a message was imported from.
create table if not exists engage_ledger_place (
  message varchar not null,
  account varchar not null,
  folder varchar not null,
  uid_validity bigint not null,
  uid bigint not null,
  primary key (message, account, folder, uid_validity, uid)
);

create index if not exists engage_ledger_place_uid on engage_ledger_place (account, folder, uid_validity, uid);

create sequence if not exists engage_outbox_token;

-- What is settled is deleted. What somebody has claimed, and neither settled nor given back, is held.
-- What has a lease, or was given back for later, is leased until a claim finds that this is over.
create table if not exists engage_outbox (
  number bigint generated always as identity primary key,
  id varchar not null unique,
  account varchar not null,
  message varchar,
  not_before bigint not null,
  token bigint not null,
  held boolean not null,
  attempting boolean not null,
  leased boolean not null,
  lease_until bigint not null,
  form smallint not null,
  body clob not null
);

create index if not exists engage_outbox_due on engage_outbox (leased, not_before, number);
create index if not exists engage_outbox_lease on engage_outbox (leased, lease_until);
create index if not exists engage_outbox_account on engage_outbox (account, id);
create index if not exists engage_outbox_message on engage_outbox (message);
