# Runs the SQL of standard input on a PostgreSQL server of its own, in a folder that is
# removed afterwards, and prints the results as CSV. The server listens to no network.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1 || true)
[[ -x $bin/initdb ]] || bin=$(dirname "$(command -v initdb)")
user=()
((EUID)) || user=(setpriv --reuid=65534 --regid=65534 --clear-groups) # the server refuses to run as root
folder=$(mktemp -d)
chmod 711 "$folder"
mkdir "$folder/server"
((EUID)) || chown 65534:65534 "$folder/server"
cd "$folder"
stop() {
  "${user[@]}" "$bin/pg_ctl" -D "$folder/server/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT
"${user[@]}" "$bin/initdb" -D "$folder/server/data" -U churncost -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
"${user[@]}" "$bin/pg_ctl" -D "$folder/server/data" -w -l "$folder/server/log" \
  -o "-c listen_addresses='' -c unix_socket_directories='$folder/server' -c fsync=off" start >/dev/null
psql -X -q --csv -v ON_ERROR_STOP=1 -h "$folder/server" -U churncost postgres
