#!/usr/bin/env bash
# dial.sh [ROWS=20000] [ROUNDS=3]: runs a campaign with `engage dial` (list, template, claims, suppression, outcomes and JVM start included)
# beside smtp-source with 8 kept connections, in turns, in one run; then with 40 ms for each round trip; then ten times the rows.
# Needs smtp-sink and smtp-source (.ci/peers), cc and bc.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rows=${1:-20000} rounds=${2:-3} port=22525
work=$(mktemp -d "${TMPDIR:-/tmp}/engage-dial.XXXXXX")
# shellcheck source=peers/sink.sh
. "$here/peers/sink.sh"
trap 'sink_down; rm -rf "$work"' EXIT

make_list() { # ROWS
  [ -e "$work/list-$1.csv" ] || {
    echo 'campaign;emailRecipient;message;attachments;variables;priority'
    seq "$1" | awk '{printf "watches;customer%d@customer.example;;;\"name\":\"Customer %d\";\n", $1, $1}'
  } >"$work/list-$1.csv"
}
make_template() { # a mail of 4 KB
  printf '<p>Dear ${name},</p>\n'
  for _ in $(seq 42); do printf '<p>Your watch is ready. We are open from nine to five, come whenever you like.</p>\n'; done
}
seconds() { # COMMAND...
  local began ended
  began=$(date +%s.%N)
  "$@" >"$work/output" || { cat "$work/output" >&2; exit 1; }
  ended=$(date +%s.%N)
  echo "$ended - $began" | bc
}
median() { sort -n | awk '{v[NR]=$1} END {print v[int((NR + 1) / 2)]}'; }
dial() { # ROWS PORT
  ENGAGE_BUILD=never ENGAGE_PASSWORD=unused "$here/../engage" dial --list "$work/list-$1.csv" --template "$work/template.html" \
    --smtp "smtp://service%40shop.example@127.0.0.1:$2" --store memory
}
peer() { # ROWS PORT
  "$source" -d -s 8 -m "$1" -l 4096 -f service@shop.example -t ana@customer.example "127.0.0.1:$2"
}
compare() { # ROWS ROUNDS PORT_OF_ENGAGE PORT_OF_PEER
  make_list "$1"
  : >"$work/engage.times"
  : >"$work/peer.times"
  for _ in $(seq "$2"); do
    seconds dial "$1" "$3" >>"$work/engage.times"
    tail -n 1 "$work/output"
    seconds peer "$1" "$4" >>"$work/peer.times"
  done
  local engage=$(median <"$work/engage.times") source=$(median <"$work/peer.times")
  printf '%s rows: engage dial %.0f mails/s, smtp-source %.0f, ratio %.2f\n' "$1" "$(echo "$1 / $engage" | bc -l)" \
    "$(echo "$1 / $source" | bc -l)" "$(echo "$source / $engage" | bc -l)"
}

[ "${ENGAGE_BUILD:-}" = never ] || "$here/../engage" --version >/dev/null
make_template >"$work/template.html"
sink_up
compare "$rows" "$rounds" $port $port

printf '\n40 ms for each round trip\n'
way_up $((port + 1)) 20 "$work/turns-engage"
way_up $((port + 2)) 20 "$work/turns-peer"
compare 2000 1 $((port + 1)) $((port + 2))
sleep 0.5
printf 'turns a mail: engage %s, smtp-source %s\n' "$(turns_a_mail "$work/turns-engage" 2000)" "$(turns_a_mail "$work/turns-peer" 2000)"

printf '\nten times the rows\n'
compare $((10 * rows)) 1 $port $port
