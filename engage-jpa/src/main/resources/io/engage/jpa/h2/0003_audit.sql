-- Rows of this table are inserted and never changed. Within a conversation they are in the order of their numbers.
create table if not exists engage_audit (
  number bigint generated always as identity primary key,
  id varchar not null unique,
  conversation varchar,
  message varchar,
  form smallint not null,
  body clob not null
);

create index if not exists engage_audit_conversation on engage_audit (conversation, number);
create index if not exists engage_audit_message on engage_audit (message, number);

-- Entries that have no place in the chain yet.
create table if not exists engage_audit_unsealed (
  number bigint primary key
);

-- The chain: its places from 1 on.
create table if not exists engage_audit_seal (
  place bigint primary key,
  number bigint not null unique,
  seal varbinary not null
);

-- One row: the last place of the chain. Whoever seals holds it.
create table if not exists engage_audit_head (
  id smallint primary key,
  place bigint not null,
  seal varbinary not null
);

-- Entries of which listeners have not heard.
create table if not exists engage_event (
  number bigint primary key
);
