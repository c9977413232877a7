create table if not exists engage_document (
  kind varchar not null,
  id varchar not null,
  owner varchar not null,
  version bigint not null,
  form smallint not null,
  body clob not null,
  primary key (kind, id)
);

create index if not exists engage_document_owner on engage_document (kind, owner, id);

create table if not exists engage_draft (
  id varchar primary key,
  version bigint not null,
  inbox varchar not null,
  conversation varchar,
  author varchar not null,
  changed_at bigint not null,
  form smallint not null,
  body clob not null
);

create index if not exists engage_draft_inbox on engage_draft (inbox);
create index if not exists engage_draft_conversation on engage_draft (conversation, changed_at, id);
create index if not exists engage_draft_author on engage_draft (author, changed_at, id);

-- What but messages needs which bytes: draft, sent_draft, held_mail, quarantined_mail or campaign_file.
create table if not exists engage_blob_use (
  blob varbinary not null,
  used_by varchar not null,
  user_id varchar not null,
  primary key (blob, used_by, user_id)
);

create index if not exists engage_blob_use_user on engage_blob_use (user_id);
