#!/usr/bin/env bash
# ./build.sh          restore and build
# ./build.sh test     restore, format check, build, all tests (what CI runs)
# ./build.sh format   put the code into the house format
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
solution=Parallax.slnx

step() { printf '\n── %s\n' "$*"; }

restore() { step "restore"; dotnet restore "$solution" -v quiet; }
build() { step "build"; dotnet build "$solution" -c Release --no-restore -v quiet -clp:NoSummary; }

case "${1:-build}" in
  build)
    restore
    build
    ;;
  test)
    restore
    step "format"
    dotnet format whitespace "$solution" --no-restore --verify-no-changes
    build
    step "test"
    passed=0 failed=0 skipped=0 broken=0
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    for project in test/*.Tests/*.csproj; do
      if ! dotnet test "$project" -c Release --no-build --nologo -v quiet --logger "console;verbosity=minimal" "${@:2}" 2>&1 | tee "$log"; then
        broken=1
      fi
      counts=$(grep -oE 'Failed: +[0-9]+, Passed: +[0-9]+, Skipped: +[0-9]+' "$log" | tail -n 1 || true)
      if [ -n "$counts" ]; then
        read -r f p s <<<"$(tr -cd '0-9 ' <<<"$counts" | tr -s ' ')"
        failed=$((failed + f)) passed=$((passed + p)) skipped=$((skipped + s))
      fi
    done
    step "result"
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$broken" -eq 0 ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    ;;
  format)
    restore
    dotnet format "$solution" --no-restore
    ;;
  *)
    echo "usage: ./build.sh [build | test [dotnet test arguments] | format]" >&2
    exit 2
    ;;
esac
