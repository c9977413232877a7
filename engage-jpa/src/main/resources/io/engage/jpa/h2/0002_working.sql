create table if not exists engage_lease (
  name varchar primary key,
  owner varchar not null,
  token bigint not null,
  ends_at bigint not null
);
