create table engage_lease (
  name text collate "C" primary key,
  owner text collate "C" not null,
  token bigint not null,
  ends_at bigint not null
);
