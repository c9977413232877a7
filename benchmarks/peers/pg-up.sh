#!/usr/bin/env bash
# pg-up.sh DIR [PORT=15432] [on|off]: a private PostgreSQL below DIR, on 127.0.0.1 only; user, password and database are "engage". The third
# argument is synchronous_commit. Needs Debian's postgresql. As root it runs as the user postgres. pg-down.sh DIR ends it.
set -euo pipefail
dir=$(mkdir -p "$1" && cd "$1" && pwd) port=${2:-15432} commit=${3:-on}
bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo 'PostgreSQL is missing: apt-get install -y --no-install-recommends postgresql' >&2; exit 2; }
as=()
if [ "$(id -u)" = 0 ]; then
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  chown postgres: "$dir"
fi
cd "$dir"
if [ ! -f pg/PG_VERSION ]; then
  printf engage >password && chmod 644 password
  "${as[@]}" "$bin/initdb" -D "$dir/pg" -U engage --pwfile="$dir/password" -A scram-sha-256 -E UTF8 --locale=C.UTF-8 >initdb.log
  rm -f password
  printf "listen_addresses = '127.0.0.1'\nunix_socket_directories = '%s'\nshared_buffers = 512MB\nmax_wal_size = 4GB\n" "$dir" >>pg/postgresql.conf
fi
"${as[@]}" "$bin/pg_ctl" -D "$dir/pg" -l "$dir/pg.log" -w -t 30 -o "-p $port -c synchronous_commit=$commit" start </dev/null >start.log 2>&1 ||
  { cat start.log pg.log >&2; exit 1; }
PGPASSWORD=engage "$bin/psql" -qh 127.0.0.1 -p "$port" -U engage -d postgres -tc "select 1 from pg_database where datname = 'engage'" | grep -q 1 ||
  PGPASSWORD=engage "$bin/psql" -qh 127.0.0.1 -p "$port" -U engage -d postgres -c 'create database engage'
echo "PostgreSQL on 127.0.0.1:$port, user, password and database engage"
