# Functions of the package tests, which source this file. The first argument of a test is the folder with the packages.
set -euo pipefail
tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$tests/../.." && pwd)
packages=$(cd "$1" && pwd)
system=linux-x64
[ "$(uname -m)" = x86_64 ] || system=linux-arm64
version=$(ls "$packages" | sed -n 's/^Ews\.ImService\.\([0-9].*\)\.nupkg$/\1/p')
work=$(mktemp -d)
service= registry=
trap 'for process in $service $registry; do kill "$process" 2>/dev/null; done; wait 2>/dev/null; rm -rf "$work"' EXIT

fail() { echo "FAILED  $*" >&2; exit 1; }
passed() { echo "passed  $*"; }
skipped() { echo "NOT TESTED: $*"; }

# has COMMAND PACKAGE...: succeeds if the command exists or the Debian packages can be installed. No command is named -.
has() {
    command -v "$1" >/dev/null && return
    shift
    "$root/.ci/install" "$@" >"$work/apt.log" 2>&1
}

# start_service COMMAND...: starts the service with a command and sets url to its root, such as http://127.0.0.1:41234.
start_service() {
    rm -f "$work/url"
    "$@" --url-file "$work/url" >"$work/service.log" 2>&1 &
    service=$!
    local tries
    for tries in $(seq 600); do
        [ ! -s "$work/url" ] || break
        kill -0 "$service" 2>/dev/null || break
        sleep 0.1
    done
    [ -s "$work/url" ] || { cat "$work/service.log"; fail "$1 did not start after $tries tries."; }
    url=$(cat "$work/url")
}

# stop_service: stops the service, which must exit with code 0.
stop_service() {
    local stopped=$service
    service=
    kill "$stopped"
    wait "$stopped" || fail "The service did not exit with code 0."
}

# use_program COMMAND...: starts a program as a service, and seeds, calls, breaks and verifies it, with curl and with the program itself.
use_program() {
    start_service "$@" serve --db :memory: --urls http://127.0.0.1:0
    "$@" healthcheck --url "$url" >/dev/null
    EWS_ROOT=$url "$root/tests/control/scenario.sh"
    echo '{ "mailboxes": [{ "smtpAddress": "bob@contoso.com", "groups": [{ "displayName": "Friends" }] }] }' >"$work/seed.json"
    "$@" seed "$work/seed.json" --url "$url" >/dev/null
    "$@" seed --export --url "$url" >"$work/export.json"
    grep -q '"displayName": "Friends"' "$work/export.json" || fail "The exported seed document does not contain the group."
    curl -fsS "$url/" >"$work/page"
    grep -q inspector/inspector.js "$work/page" || fail "The service has no inspector."
    stop_service
}

# start_registry FOLDER [REGISTRY]: starts an npm registry with the packages of a folder and of another registry, and configures npm to use
# it.
start_registry() {
    rm -f "$work/registry"
    node "$tests/npm-registry.mjs" "$1" "$work/registry" "${2:-}" &
    registry=$!
    until [ -s "$work/registry" ]; do
        kill -0 "$registry" || fail "The npm registry did not start."
        sleep 0.1
    done
    npm_config_registry=$(cat "$work/registry")
    export npm_config_registry npm_config_cache=$work/npm npm_config_audit=false npm_config_fund=false
}
