#!/bin/sh
# Makes .venv with everything the project needs. Quick when nothing changed.
#
# Needs python3 (3.11 or newer) and nothing else. Where this user may install system packages (root, or sudo
# without a password) it installs what is missing; where not, it says the one command to type.
set -eu
cd "$(dirname "$0")/.."

venv=.venv
stamp=$venv/.setup-stamp

say() { printf '%s\n' "$*" >&2; }

newest_python() {
    for name in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
        [ -n "$name" ] || continue
        command -v "$name" >/dev/null 2>&1 || continue
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

# install PACKAGE…: with what rights this user has; 1 when it may not or cannot
install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        return 1
    fi
    say "installing $*"
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >&2 && return 0
    $as_root apt-get update >&2 || return 1
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >&2
}

has_font() {
    if command -v fc-list >/dev/null 2>&1 && fc-list 2>/dev/null | grep -q 'Noto Sans CJK'; then
        return 0
    fi
    for folder in /usr/share/fonts /usr/local/share/fonts "${HOME:-/nowhere}/.fonts" \
        "${HOME:-/nowhere}/.local/share/fonts"; do
        [ -d "$folder" ] || continue
        [ -z "$(find "$folder" -name 'NotoSansCJK*' -print 2>/dev/null | head -n 1)" ] || return 0
    done
    return 1
}

ensure_font() {
    has_font && return 0
    install fonts-noto-cjk && has_font && return 0
    say "No Traditional Chinese font here: PDF files and charts need one. Type:"
    say "    sudo apt-get install fonts-noto-cjk"
}

# Spark 4 runs on Java 17 and newer; it looks in JAVA_HOME first
has_java() {
    java=${JAVA_HOME:+$JAVA_HOME/bin/}java
    command -v "$java" >/dev/null 2>&1 || return 1
    number=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
    [ "${number:-0}" -ge 17 ]
}

ensure_java() {
    has_java && return 0
    for package in openjdk-17-jre-headless openjdk-21-jre-headless; do
        install "$package" && has_java && return 0
    done
    say "No Java 17 or newer here: only compute --engine spark needs one. Type:"
    say "    sudo apt-get install openjdk-17-jre-headless"
}

make_venv() {
    python=$(newest_python) || {
        say "Python 3.11 or newer is needed. Type:"
        say "    sudo apt-get install python3 python3-venv"
        exit 1
    }
    say "making $venv with $("$python" --version)"
    "$python" -m venv "$venv" >/dev/null 2>&1 && return 0
    rm -rf "$venv"
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    install python3-venv "python$version-venv" || install python3-venv || true
    "$python" -m venv "$venv" >/dev/null 2>&1 && return 0
    rm -rf "$venv"
    say "This Python cannot make virtual environments. Type:"
    say "    sudo apt-get install python3-venv"
    exit 1
}

# the work tree moved or the Python under it went away: make it anew
usable() { [ -x "$venv/bin/python" ] && "$venv/bin/python" -c 'import sys, pip' >/dev/null 2>&1; }

key=$(cat pyproject.toml tools/setup.sh | cksum)-$(pwd)
if usable && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$key" ]; then
    exit 0
fi
usable || { rm -rf "$venv"; make_venv; }
say "installing the project and its tools into $venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --editable '.[dev]' >&2
ensure_font
ensure_java
printf '%s' "$key" >"$stamp"
say "ready: $venv/bin/tidewaiter --help"
