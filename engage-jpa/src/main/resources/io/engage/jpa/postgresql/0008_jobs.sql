-- What nodes do in turn; as db-scheduler wants it.
create table engage_job (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time timestamp with time zone,
  picked boolean not null,
  picked_by text,
  last_success timestamp with time zone,
  last_failure timestamp with time zone,
  consecutive_failures integer,
  last_heartbeat timestamp with time zone,
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance)
);

create index engage_job_due on engage_job (execution_time);
create index engage_job_heartbeat on engage_job (last_heartbeat);
