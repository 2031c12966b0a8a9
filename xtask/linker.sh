#!/bin/sh
# Links as Rust always does, with `cc`. Where there is none (a fresh Debian), it installs one first:
# nothing that Cargo builds, `cargo xtask` included, could run before.
set -eu

say() {
  # Cargo shows a linker's words only when it fails; a person at a terminal is told at once.
  if (: >/dev/tty) 2>/dev/null; then echo "$1" >/dev/tty; else echo "$1" >&2; fi
}

install_compiler() {
  need="apt-get install -y --no-install-recommends gcc libc6-dev"
  if ! command -v apt-get >/dev/null; then
    echo "There is no C compiler (cc) to link with, and no apt-get to install one: install gcc your way." >&2
    exit 1
  fi
  as_root=""
  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "There is no C compiler (cc) to link with. As root, run: apt-get update && $need" >&2
      exit 1
    fi
    as_root="sudo"
  fi
  say "Installing 2 Debian packages, once:"
  say "  gcc                              links what Rust compiles"
  say "  libc6-dev                        what every program is linked with"
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
  $as_root env DEBIAN_FRONTEND=noninteractive $need -qq -o DPkg::Lock::Timeout=300 >&2
}

if ! command -v cc >/dev/null; then
  # Cargo links several programs at once: the first installs, the others wait for it.
  exec 9>"${TMPDIR:-/tmp}/holdfast-linker-$(id -u).lock"
  flock 9
  command -v cc >/dev/null || install_compiler
  flock -u 9
fi
exec cc "$@"
