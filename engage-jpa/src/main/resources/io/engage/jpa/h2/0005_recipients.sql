-- To whom campaigns are sent. What a row of a list says is written once and read when its mail is made.
create table if not exists engage_recipient (
  list varchar not null,
  place bigint not null,
  seq bigint generated always as identity,
  address varbinary not null,
  form smallint not null,
  body clob not null,
  primary key (list, place)
);

-- The address is the first 16 bytes of the SHA-256 of the caseless one. Whoever was stored first has the lowest seq.
create index if not exists engage_recipient_address on engage_recipient (address, list, seq);

-- How far each is.
create table if not exists engage_recipient_state (
  place bigint not null,
  token bigint not null,
  free_at bigint not null,
  not_before bigint not null,
  at bigint,
  priority integer not null,
  attempts integer not null,
  form smallint not null,
  erased boolean not null,
  list varchar not null,
  status varchar not null,
  outcome clob,
  traces clob,
  primary key (list, place)
);

-- 256 rows of a list and of one priority: when, at the earliest, one of them may be claimed. Those that are ready are in turn.
create table if not exists engage_recipient_block (
  list varchar not null,
  block bigint not null,
  priority integer not null,
  due_at bigint not null,
  ready boolean not null,
  primary key (list, block, priority)
);

create index if not exists engage_recipient_block_turn on engage_recipient_block (list, ready, priority, block);

create index if not exists engage_recipient_block_due on engage_recipient_block (list, ready, due_at);

-- Which blocks have claims that end then, unless they were settled before.
create table if not exists engage_recipient_lease (
  list varchar not null,
  ends_at bigint not null,
  block bigint not null,
  primary key (list, ends_at, block)
);

-- Those to whom nothing came, apart: there are few of them, and people want to see just these.
create table if not exists engage_recipient_unsent (
  list varchar not null,
  status varchar not null,
  place bigint not null,
  primary key (list, status, place)
);

-- How many are where: the sum over the slots of a list, so that workers do not wait for each other.
create table if not exists engage_recipient_count (
  list varchar not null,
  slot integer not null,
  worked_at bigint not null,
  pending bigint not null,
  claimed bigint not null,
  attempting bigint not null,
  sent bigint not null,
  failed bigint not null,
  rejected bigint not null,
  in_doubt bigint not null,
  seen bigint not null,
  seen_by_machine bigint not null,
  spam bigint not null,
  unsubscribed bigint not null,
  answered bigint not null,
  primary key (list, slot)
);

create sequence if not exists engage_recipient_token;

-- Whoever changes recipients waits for the one before: in one process that is quicker than being in each other's way.
create table if not exists engage_recipient_gate (
  id integer primary key
);

merge into engage_recipient_gate (id) key (id) values (1);
