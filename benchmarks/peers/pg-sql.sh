#!/usr/bin/env bash
# pg-sql.sh PORT DATABASE STATEMENT...: runs statements on the PostgreSQL that pg-up.sh started there.
set -euo pipefail
bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
port=$1 database=$2
shift 2
for statement in "$@"; do
  PGPASSWORD=engage "$bin/psql" -qh 127.0.0.1 -p "$port" -U engage -d "$database" -v ON_ERROR_STOP=1 -Atc "$statement"
done
