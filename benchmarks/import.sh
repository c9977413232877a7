#!/usr/bin/env bash
# import.sh [MAILS=20000] [ROUNDS=3]: imports one mailbox from a private Dovecot with `engage sync` and with mbsync, in turns, in one run.
# Prints every time, the medians, and how Engage stands to each way of running mbsync. Needs Dovecot, mbsync, python3, cc (see README.md).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mails=${1:-20000} rounds=${2:-3}
work=${ENGAGE_BENCH_DIR:-$(mktemp -d "${TMPDIR:-/tmp}/engage-bench.XXXXXX")}
port=21143 proxy=21144 user=u$mails
mkdir -p "$work"

finish() {
  [ -z "${proxy_pid:-}" ] || kill "$proxy_pid" 2>/dev/null || true
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
  cc -O2 -pthread -o "$work/delayproxy" "$here/peers/delayproxy.c"
  ENGAGE_PASSWORD=pw "$here/../engage" --version >/dev/null
}

seconds_of() { sed -n "s/.*$1=\([0-9.]*\).*/\1/p" | tail -n 1; }
median() { sort -n | awk '{v[NR]=$1} END {print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'; }

engage_once() { # the whole command, JVM start included
  local began ended
  began=$(date +%s.%N)
  ENGAGE_BUILD=never ENGAGE_PASSWORD=pw ENGAGE_JAVA_OPTS="-Xmx${ENGAGE_HEAP:-512m}" \
    "$here/../engage" sync --imap "imap://$user@127.0.0.1:$port" --store memory >"$work/engage.out"
  ended=$(date +%s.%N)
  grep -q "messages=$mails " "$work/engage.out" || { echo "not every mail was imported: $(cat "$work/engage.out")" >&2; exit 1; }
  echo "$ended - $began" | bc
}
mbsync_once() { "$here/peers/mbsync-once.sh" "$work/mb" $port "$user" "$1" 2>&1 | seconds_of wall; }

prepare
for round in $(seq "$rounds"); do
  for peer in mbsync-nofsync mbsync-fsync engage; do
    case $peer in engage) took=$(engage_once) ;; *) took=$(mbsync_once "${peer#mbsync-}") ;; esac
    echo "$took" >>"$work/$peer.times.$$"
    printf 'round %s  %-15s %6.2f s  %6.0f mails/s\n' "$round" "$peer" "$took" "$(echo "$mails / $took" | bc -l)"
  done
done
engage=$(median <"$work/engage.times.$$")
printf '\nmedian           seconds  mails/s  engage is\n'
for peer in engage mbsync-nofsync mbsync-fsync; do
  took=$(median <"$work/$peer.times.$$")
  printf '%-15s %8.2f %8.0f  %5.2f x as fast\n' "$peer" "$took" "$(echo "$mails / $took" | bc -l)" "$(echo "$took / $engage" | bc -l)"
done

"$work/delayproxy" $proxy 127.0.0.1 $port 20 >"$work/turns" & proxy_pid=$!
sleep 0.3
printf '\nwith 40 ms per round trip, 1,000 mails, then a look without changes (turns of each connection):\n'
ENGAGE_BUILD=never ENGAGE_PASSWORD=pw "$here/../engage" sync --imap "imap://u1000@127.0.0.1:$proxy" --store memory --repeat 2
sleep 0.5
cat "$work/turns"
