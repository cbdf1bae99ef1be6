# Shared by the scripts beside it: source it, do not run it. Sets $root and goes there.
# shellcheck shell=bash

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
cd "$root"
exec </dev/null  # nothing here asks questions
export PYTHONUTF8=1 PIP_DISABLE_PIP_VERSION_CHECK=1
unset PYTHONPATH PYTHONHOME
unset PYTHONDONTWRITEBYTECODE  # what one process compiled the others need not: they are many
bin="$root/.venv/bin"

step_number=0
step() {  # step "tiếng Việt" "English"
    step_number=$((step_number + 1))
    printf '%s. %s · %s\n' "$step_number" "$1" "$2"
}

note() { printf '   %s\n' "$*"; }

give_up() {  # give_up "tiếng Việt" "English"
    printf '\nKhông chạy tiếp được: %s\nCannot go on: %s\n' "$1" "$2" >&2
    exit 1
}

install_with_apt() {  # install_with_apt package...
    local as=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null && sudo -n true 2>/dev/null || as=(false)
        [ "${as[*]}" = false ] || as=(sudo -n)
    fi
    if [ "${as[*]}" = false ] || ! command -v apt-get >/dev/null; then
        give_up "thiếu $*; hãy nhờ người quản trị máy chạy: apt-get install $*" \
            "$* missing; ask the administrator to run: apt-get install $*"
    fi
    note "apt-get install $*"
    local log
    log="$(mktemp)"
    if ! { "${as[@]}" apt-get update -qq \
        && "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1
    then
        tail -n 15 "$log" >&2
        rm -f "$log"
        give_up "apt-get không cài được $*" "apt-get could not install $*"
    fi
    rm -f "$log"
}

find_python() {  # prints a Python that the project runs on
    local name
    for name in ${PYTHON:+"$PYTHON"} python3.11 python3.12 python3; do
        if command -v "$name" >/dev/null \
            && "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

make_venv() {
    local python
    if ! python="$(find_python)"; then
        install_with_apt python3 python3-venv
        python="$(find_python)" || give_up "cần Python 3.11 hoặc 3.12" "Python 3.11 or 3.12 is needed"
    fi
    "$python" -c 'import ensurepip, venv' 2>/dev/null || install_with_apt python3-venv
    "$python" -m venv --clear .venv
}

# Prints a uv to install with: the machine's, the one in .venv, or the one of the developers' lock, hash and all.
find_uv() {
    command -v uv && return
    if [ ! -x "$bin/uv" ]; then
        local one status=0
        one="$(mktemp)"
        awk '/^uv==/ {on = 1} on {print; if ($0 !~ /\\$/) exit}' requirements-dev.lock >"$one"
        "$bin/python" -m pip install -qq --require-hashes --no-deps -r "$one" >&2 || status=$?
        rm -f "$one"
        [ "$status" -eq 0 ] || return "$status"
    fi
    echo "$bin/uv"
}

# Installs a lock file: by uv where it can be had, else by pip. Both check every hash.
install_lock() {  # install_lock requirements.lock
    local uv log
    log="$(mktemp)"
    if uv="$(find_uv 2>"$log")" \
        && "$uv" pip install -q --system-certs --python "$bin/python" --require-hashes --no-deps -r "$1" 2>>"$log"; then
        rm -f "$log"
        return
    fi
    note "uv không cài được, dùng pip · uv could not install, using pip"
    tail -n 3 "$log" | sed 's/^/     /'
    rm -f "$log"
    "$bin/python" -m pip install -qq --require-hashes --no-deps -r "$1"
}

# Brings .venv to what a lock file says; does nothing when it is there already.
prepare_venv() {  # prepare_venv requirements.lock | requirements-dev.lock
    local lock="$1" stamp purelib
    mkdir -p var
    exec 9>var/.venv-lock
    flock 9  # the server and the tests may start together
    # A virtual environment knows its own path and Python: moved, or robbed of either, it is made anew.
    [ "$(cat .venv/.made-at 2>/dev/null)" = "$root" ] && "$bin/python" -c '' 2>/dev/null || make_venv
    echo "$root" >.venv/.made-at
    stamp="$(sha256sum "$lock" | cut -d' ' -f1)"
    if [ "$(cat ".venv/.has-$lock" 2>/dev/null)" = "$stamp" ]; then
        note "đã đủ · up to date"
    else
        install_lock "$lock" \
            || give_up "không cài được các gói trong $lock; hãy xem kết nối mạng" \
                "the packages of $lock could not be installed; look at the network"
        purelib="$("$bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
        printf '%s\n' "$root/src" >"$purelib/chungtay.pth"
        printf '#!/bin/sh\nexec "$(dirname "$0")/python" -m chungtay.config.cli "$@"\n' >"$bin/chungtay"
        chmod +x "$bin/chungtay"
        echo "$stamp" >".venv/.has-$lock"
        # The developers' lock holds the other one, version for version.
        [ "$lock" != requirements-dev.lock ] || sha256sum requirements.lock | cut -d' ' -f1 >.venv/.has-requirements.lock
    fi
    exec 9>&-
}
