#!/usr/bin/env bash
# Sets up whatever the tests need and runs them all. The last line is always "N passed, N failed, N skipped".
# Needs the .NET 10 SDK. On Debian it installs the rest, given the right to; elsewhere it says what to install and exits 2.
# With CI=true a skipped test fails the run. Arguments go to the test program, such as --filter-class "*Retirement*".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# Nothing stays behind when the run is over.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
results=$PWD/TestResults
tests=LeadDesk.Tests/bin/Release/net10.0/LeadDesk.Tests.dll
passed=0 failed=0 skipped=0

step() { printf '\n== %s\n' "$*"; }

finish() { printf '\n%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"; exit "$1"; }

broken() {
    printf 'FAILED: %s\n' "$1"
    failed=$((failed + 1))
}

missing_packages() {
    [ -n "${LEADDESK_CHROMIUM:-}" ] || [ -x /usr/bin/chromium ] || [ -x /usr/bin/chromium-browser ] || [ -x /usr/bin/google-chrome ] || echo chromium fonts-liberation
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || { command -v initdb && command -v pg_ctl; } >/dev/null || echo postgresql
    [ -d /usr/share/zoneinfo ] || echo tzdata
}

install_packages() {
    local as_root=()
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null || return 1
        as_root=(sudo -n)
    fi
    "${as_root[@]}" apt-get update -q &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
}

if ! sdk=$(dotnet --version 2>&1); then
    printf '%s\n' "$sdk" "The .NET 10 SDK is missing or does not start: install it from https://dotnet.microsoft.com/download"
    broken "no SDK"
    finish 2
fi

missing=$(missing_packages | tr '\n' ' ')
if [ -n "$missing" ]; then
    step "Installing $missing"
    # shellcheck disable=SC2086
    install_packages $missing || true
    missing=$(missing_packages | tr '\n' ' ')
    if [ -n "$missing" ]; then
        echo "Missing: $missing"
        echo "Install them, on Debian with: sudo apt-get install $missing"
        broken "programs are missing"
        finish 2
    fi
fi

step "Restore"
dotnet restore --locked-mode -v q || { broken "restore"; finish 1; }

step "Build"
dotnet build -c Release --no-restore -v q || { broken "build"; finish 1; }

step "Format"
dotnet format --no-restore --verify-no-changes --severity warn || broken "format: run dotnet format"

step "Tests"
rm -rf "$results"
dotnet "$tests" --results-directory "$results" --report-xunit-xml --report-xunit-xml-filename tests.xml --progress off --show-slowest-tests 5 --timeout 20m "$@"
code=$?

# The report's <assembly> line: total="7" passed="7" failed="0" skipped="0" errors="0"
count() { grep -o '<assembly .*' "$results/tests.xml" | head -n 1 | grep -o " $1=\"[0-9]*\"" | head -n 1 | tr -dc 0-9; }

if [ -f "$results/tests.xml" ] && [ -n "$(count total)" ]; then
    passed=$(count passed)
    skipped=$(count skipped)
    failures=$(($(count failed) + $(count errors)))
else
    failures=0
fi
failed=$((failed + failures))
if [ "$code" != 0 ] && [ "$failures" = 0 ]; then
    broken "the test program ended with exit code $code"
elif [ "$passed" = 0 ] && [ "$failures" = 0 ]; then
    broken "no test ran"
fi

if [ "$failed" != 0 ]; then
    finish 1
elif [ "${CI:-}" = true ] && [ "$skipped" != 0 ]; then
    echo "With CI=true a skipped test fails the run."
    finish 1
fi
finish 0
