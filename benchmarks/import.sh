#!/usr/bin/env bash
# import.sh [MAILS=20000] [ROUNDS=3] [STORE...]: imports one mailbox from a private Dovecot with `engage sync` and with mbsync, in turns, in one
# run. Prints every time, the medians, and how Engage stands to each way of running mbsync. A STORE is memory (the default), h2 (a file) or
# postgresql (a private one, every commit on the disk); each import begins with an empty one. Needs Dovecot, mbsync, python3, cc (see README.md).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mails=${1:-20000} rounds=${2:-3} stores=("${@:3}")
[ ${#stores[@]} -gt 0 ] || stores=(memory)
work=${ENGAGE_BENCH_DIR:-$(mktemp -d "${TMPDIR:-/tmp}/engage-bench.XXXXXX")}
port=21143 proxy=21144 database=21146 user=u$mails
mkdir -p "$work"

finish() {
  [ -z "${proxy_pid:-}" ] || kill "$proxy_pid" 2>/dev/null || true
  [ ! -d "$work/postgresql" ] || "$here/peers/pg-down.sh" "$work/postgresql" >/dev/null 2>&1 || true
  "$here/peers/dovecot-down.sh" "$work/dovecot" >/dev/null 2>&1 || true
  [ -n "${ENGAGE_BENCH_DIR:-}" ] || rm -rf "$work"
}
trap finish EXIT

prepare() {
  [ -d "$work/corpus-$mails" ] || python3 "$here/peers/corpus.py" "$work/corpus-$mails" "$mails"
  "$here/peers/dovecot-up.sh" "$work/dovecot" $port $((port + 2)) sdbox </dev/null
  if [ ! -e "$work/loaded-$mails" ]; then
    python3 "$here/peers/imap_load.py" 127.0.0.1 $port "$user" pw "$work/corpus-$mails"
    [ "$mails" -lt 1000 ] || python3 "$here/peers/imap_load.py" 127.0.0.1 $port u1000 pw "$work/corpus-$mails" 0 1000
    touch "$work/loaded-$mails"
  fi
  case " ${stores[*]} " in *' postgresql '*) "$here/peers/pg-up.sh" "$work/postgresql" $database >&2 ;; esac
  cc -O2 -pthread -o "$work/delayproxy" "$here/peers/delayproxy.c"
  ENGAGE_PASSWORD=pw "$here/../engage" --version >/dev/null
}

seconds_of() { sed -n "s/.*$1=\([0-9.]*\).*/\1/p" | tail -n 1; }
median() { sort -n | awk '{v[NR]=$1} END {print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'; }

empty_store() { # what engage sync is told about it
  rm -rf "$work/h2"
  case $1 in
    memory) echo --store memory ;;
    h2) echo --store "jdbc:h2:$work/h2/engage" ;;
    postgresql)
      "$here/peers/pg-sql.sh" $database postgres 'drop database if exists engage' 'create database engage' >/dev/null
      echo --store "jdbc:postgresql://127.0.0.1:$database/engage" --store-user engage
      ;;
    *) echo "There is no store '$1'" >&2; return 2 ;;
  esac
}

engage_once() { # the whole command, JVM start included
  local began ended store
  store=$(empty_store "$1")
  began=$(date +%s.%N)
  # shellcheck disable=SC2086 # these are several arguments
  ENGAGE_BUILD=never ENGAGE_PASSWORD=pw ENGAGE_STORE_PASSWORD=engage ENGAGE_JAVA_OPTS="-Xmx${ENGAGE_HEAP:-512m}" \
    "$here/../engage" sync --imap "imap://$user@127.0.0.1:$port" $store >"$work/engage.out"
  ended=$(date +%s.%N)
  grep -q "messages=$mails " "$work/engage.out" || { echo "not every mail was imported: $(cat "$work/engage.out")" >&2; exit 1; }
  echo "$ended - $began" | bc
}
mbsync_once() { "$here/peers/mbsync-once.sh" "$work/mb" $port "$user" "$1" 2>&1 | seconds_of wall; }

prepare
peers=(mbsync-nofsync mbsync-fsync "${stores[@]/#/engage-}")
for round in $(seq "$rounds"); do
  for peer in "${peers[@]}"; do
    case $peer in engage-*) took=$(engage_once "${peer#engage-}") ;; *) took=$(mbsync_once "${peer#mbsync-}") ;; esac
    echo "$took" >>"$work/$peer.times.$$"
    printf 'round %s  %-18s %6.2f s  %6.0f mails/s\n' "$round" "$peer" "$took" "$(echo "$mails / $took" | bc -l)"
  done
done
for store in "${stores[@]}"; do
  engage=$(median <"$work/engage-$store.times.$$")
  printf '\nmedian              seconds  mails/s  engage-%s is\n' "$store"
  for peer in "${peers[@]}"; do
    took=$(median <"$work/$peer.times.$$")
    printf '%-18s %8.2f %8.0f  %5.2f x as fast\n' "$peer" "$took" "$(echo "$mails / $took" | bc -l)" "$(echo "$took / $engage" | bc -l)"
  done
done

"$work/delayproxy" $proxy 127.0.0.1 $port 20 >"$work/turns" & proxy_pid=$!
sleep 0.3
printf '\nwith 40 ms per round trip, 1,000 mails, then a look without changes (turns of each connection):\n'
ENGAGE_BUILD=never ENGAGE_PASSWORD=pw "$here/../engage" sync --imap "imap://u1000@127.0.0.1:$proxy" --store memory --repeat 2
sleep 0.5
cat "$work/turns"
