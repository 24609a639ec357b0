# Starts a private PostgreSQL server for the tests and exports SOFI_TEST_PG; stops it when the shell ends.
# Sourced by ./test. As root, PostgreSQL is installed from Debian when missing and runs as another user.

start_test_postgres() {
  local bin port
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
  if [ -z "$bin" ] && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null
    bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
  fi
  [ -n "$bin" ] || bin=$(dirname "$(command -v initdb 2>/dev/null)" 2>/dev/null)
  [ -x "$bin/initdb" ] || { echo "PostgreSQL 15 ou plus est nécessaire aux tests : installez le paquet postgresql." >&2; return 1; }

  SOFI_PG_HOME=$(mktemp -d)
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2>/dev/null || echo $((20000 + RANDOM % 20000)))
  local as=()
  if [ "$(id -u)" = 0 ]; then
    id postgres >/dev/null 2>&1 || useradd --system postgres
    chown postgres "$SOFI_PG_HOME"
    as=(setpriv --reuid postgres --regid postgres --clear-groups)
  fi
  SOFI_PG_STOP=("${as[@]}" "$bin/pg_ctl" -D "$SOFI_PG_HOME/base" -m immediate stop)
  (cd "$SOFI_PG_HOME" &&
    "${as[@]}" "$bin/initdb" -D "$SOFI_PG_HOME/base" -U sofi -A trust -E UTF8 --locale=C.UTF-8 >/dev/null &&
    "${as[@]}" "$bin/pg_ctl" -D "$SOFI_PG_HOME/base" -w -l "$SOFI_PG_HOME/journal" \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=400" \
      start >/dev/null) || return 1
  export SOFI_TEST_PG="Host=127.0.0.1;Port=$port;Username=sofi;Database=postgres;Timeout=60;Include Error Detail=true"
}

stop_test_postgres() {
  [ -n "${SOFI_PG_HOME:-}" ] || return 0
  (cd / && "${SOFI_PG_STOP[@]}" >/dev/null 2>&1)
  rm -rf "$SOFI_PG_HOME"
}
