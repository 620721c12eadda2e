#!/usr/bin/env bash
# Makes Docker usable for the integration tests on a Debian machine where this script runs as root.
#
#   tools/ci/docker.sh [start]   installs docker.io when there is no dockerd, starts a daemon when none answers,
#                                and sees that the DynamoDB Local image is there
#   tools/ci/docker.sh install   the first of these alone
#   tools/ci/docker.sh stop      ends the daemon that `start` has started, and no other
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
state=${CNOP_DOCKER_STATE:-/tmp/cnop-docker}
pid_file=$state/dockerd.pid
log_file=$state/dockerd.log

say() { printf 'docker.sh: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

daemon_answers() { timeout 5 docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

# A pid may be given to another process later; together with its start time it names one process permanently.
start_time_of() { sed 's/^.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

our_pid() {
  local pid started
  read -r pid started 2>/dev/null <"$pid_file" || return 1
  [[ -n $started && $(start_time_of "$pid") == "$started" ]] || return 1
  printf '%s\n' "$pid"
}

install_docker() {
  if command -v dockerd >/dev/null; then return; fi
  [[ $(id -u) == 0 ]] || fail 'no dockerd on PATH, and only root can install it'
  command -v apt-get >/dev/null || fail 'no dockerd on PATH, and no apt-get to install it with'
  say 'installing docker.io'
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  local packages=(docker.io)
  # Newer Debian releases ship the command line apart from the daemon.
  if ! command -v docker >/dev/null && apt-cache show docker-cli >/dev/null 2>&1; then packages+=(docker-cli); fi
  # Runlevel 1 keeps the package from starting a daemon of its own, which `stop` would have no right to end.
  RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
}

start_daemon() {
  mkdir -p "$state"
  setsid dockerd --storage-driver=overlay2 >"$log_file" 2>&1 </dev/null &
  local pid=$!  # setsid replaces itself by dockerd, so this is the daemon's own pid
  printf '%s %s\n' "$pid" "$(start_time_of "$pid")" >"$pid_file"
  say "started dockerd with pid $pid, log in $log_file"

  for _ in $(seq 150); do
    if daemon_answers; then return; fi
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.2
  done
  tail -n 20 "$log_file" >&2
  stop
  fail 'dockerd does not answer'
}

start() {
  if daemon_answers; then
    say 'a Docker daemon answers already'
  else
    install_docker
    start_daemon
  fi
  "$here/../dynamodb-image/ensure-image.sh"
}

stop() {
  local pid
  if ! pid=$(our_pid); then
    say 'no dockerd of ours is running'
    rm -f "$pid_file"
    return
  fi
  kill -TERM "$pid"
  for _ in $(seq 150); do
    if ! our_pid >/dev/null || is_zombie "$pid"; then
      rm -f "$pid_file"
      say "ended dockerd with pid $pid"
      return
    fi
    sleep 0.2
  done
  fail "dockerd with pid $pid does not end"
}

is_zombie() { [[ $(sed 's/^.*) //' "/proc/$1/stat" 2>/dev/null) == Z* ]]; }

case ${1:-start} in
  start) start ;;
  install) daemon_answers || install_docker ;;
  stop) stop ;;
  *) fail "usage: $0 [start|install|stop]" ;;
esac
