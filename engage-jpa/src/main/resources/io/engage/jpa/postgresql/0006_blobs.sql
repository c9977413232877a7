-- Bytes under their SHA-256; the content names the pieces, so that bytes can be stored before their digest is known.
create table engage_blob (
  digest bytea primary key,
  content bigint not null,
  size bigint not null,
  put_at bigint not null
);

create table engage_blob_piece (
  content bigint not null,
  place integer not null,
  bytes bytea not null,
  primary key (content, place)
);

alter table engage_blob_piece alter column bytes set storage external;

-- Content that is still coming, or that never came to its end.
create table engage_blob_upload (
  content bigint primary key,
  begun_at bigint not null
);

create sequence engage_blob_content;
