#!/usr/bin/env bash
# pg-down.sh DIR: ends the PostgreSQL that pg-up.sh started below DIR, and leaves its files.
set -euo pipefail
bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
as=()
[ "$(id -u)" != 0 ] || as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
cd "$1"
"${as[@]}" "$bin/pg_ctl" -D "$(pwd)/pg" -m fast -w stop >/dev/null
