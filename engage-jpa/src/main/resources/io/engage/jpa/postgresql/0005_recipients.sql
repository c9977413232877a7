-- To whom campaigns are sent. What a row of a list says is written once and read when its mail is made.
create table engage_recipient (
  list text collate "C" not null,
  place bigint not null,
  seq bigint generated always as identity,
  address bytea not null,
  form smallint not null,
  body text not null,
  primary key (list, place)
);

-- The address is the first 16 bytes of the SHA-256 of the caseless one. Whoever was stored first has the lowest seq.
create index engage_recipient_address on engage_recipient (address, list, seq);

-- How far each is. It changes three times for each mail, so no column that changes stands in an index,
-- and pages have room for the next version beside the last: then no index changes with it.
create table engage_recipient_state (
  place bigint not null,
  token bigint not null,
  free_at bigint not null,
  not_before bigint not null,
  at bigint,
  priority integer not null,
  attempts integer not null,
  form smallint not null,
  erased boolean not null,
  list text collate "C" not null,
  status text collate "C" not null,
  outcome text,
  traces text,
  primary key (list, place)
) with (fillfactor = 40, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- 256 rows of a list and of one priority: when, at the earliest, one of them may be claimed. Those that are ready are in turn.
create table engage_recipient_block (
  list text collate "C" not null,
  block bigint not null,
  priority integer not null,
  due_at bigint not null,
  ready boolean not null,
  primary key (list, block, priority)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

create index engage_recipient_block_turn on engage_recipient_block (list, priority, block) where ready;

create index engage_recipient_block_due on engage_recipient_block (list, due_at)
  where not ready and due_at < 9223372036854775807;

-- Which blocks have claims that end then, unless they were settled before.
create table engage_recipient_lease (
  list text collate "C" not null,
  ends_at bigint not null,
  block bigint not null,
  primary key (list, ends_at, block)
);

-- Those to whom nothing came, apart: there are few of them, and people want to see just these.
create table engage_recipient_unsent (
  list text collate "C" not null,
  status text collate "C" not null,
  place bigint not null,
  primary key (list, status, place)
);

-- How many are where: the sum over the slots of a list, so that workers do not wait for each other.
create table engage_recipient_count (
  list text collate "C" not null,
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
) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

create sequence engage_recipient_token;
