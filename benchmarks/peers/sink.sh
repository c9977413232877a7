# sink.sh, to be sourced after here=, work= and port= are set: Postfix' smtp-sink at $port, and a way there with delay. The caller's trap
# calls sink_down.
sink=${ENGAGE_SMTP_SINK:-$(command -v smtp-sink || true)}
source=${ENGAGE_SMTP_SOURCE:-$(command -v smtp-source || true)}
if [ -z "$sink" ] || [ -z "$source" ]; then
  echo "smtp-sink or smtp-source is missing: .ci/peers installs them" >&2
  exit 1
fi
sink_pids=()

sink_up() { # [OPTION of smtp-sink...]
  local as_nobody=()
  [ "$(id -u)" != 0 ] || as_nobody=(-u nobody)
  "$sink" "${as_nobody[@]}" "$@" "127.0.0.1:$port" 1024 >"$work/sink.log" 2>&1 & sink_pids+=($!)
  cc -O2 -pthread -o "$work/delayproxy" "$here/peers/delayproxy.c"
  await_port "$port"
}

way_up() { # PORT ONE_WAY_MS FILE: what delayproxy says of each connection goes to FILE
  "$work/delayproxy" "$1" 127.0.0.1 "$port" "$2" >"$3" & sink_pids+=($!)
  await_port "$1"
  sleep 0.2
  : >"$3"
}

await_port() {
  for _ in $(seq 50); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return
    sleep 0.1
  done
  echo "nobody listens at port $1" >&2
  exit 1
}

turns_a_mail() { # FILE MAILS
  awk -v mails="$2" '{sub(/.*turns=/, ""); turns += $1} END {printf "%.2f", turns / mails}' "$1"
}

sink_down() { [ ${#sink_pids[@]} = 0 ] || kill "${sink_pids[@]}" 2>/dev/null || true; }
