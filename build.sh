#!/usr/bin/env bash
# Builds this checkout's release program when its sources changed, then becomes that program:
#
#   ./build.sh --target=Deploy            every argument is passed on, exit code and signals pass back
#
# Runs on bash 3.2 (macOS) and later; docs/decisions.md says why it works as it does.
# Exit code 2 when there is nothing to run (no SDK, sources that don't compile): nothing was changed.
set -euo pipefail
unset CDPATH
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")"

store=.build                # everything this script writes; safe to delete when no release is running
current=$store/current      # what runs now: a line each for the dotnet and the folder, then the inputs it was made from

main() {
  local inputs
  inputs=$(list_inputs)
  built_from "$inputs" || build "$inputs"
  run "$@"
}

# What the program is made of, by content: a moved clock, a copied checkout or a switched branch fools nobody.
list_inputs() {
  printf 'FrostingFromNuGet=%s\n' "${FrostingFromNuGet:-}"
  find build build.sh $(existing src global.json NuGet.config nuget.config Directory.*.props Directory.*.targets .editorconfig BannedSymbols.txt) \
    \( -name bin -o -name obj \) -prune -o -type f ! -name release.json -exec cksum {} + | LC_ALL=C sort
}

existing() {
  local path
  for path in "$@"; do
    if [[ -e $path ]]; then printf '%s\n' "$path"; fi
  done
}

built_from() {
  [[ -f $current ]] || return 1
  local by folder from
  { read -r by && read -r folder && IFS= read -r -d '' from || true; } <"$current"
  [[ $from == "$1"$'\n' && -f $folder/Build.dll && -x $by ]] || return 1
  dotnet=$by app=$folder
}

build() {
  find_dotnet || install_dotnet
  mkdir -p "$store"
  exec 9>"$store/lock"
  lock 9
  if ! built_from "$1"; then   # another start may have built it while this one waited
    say "Building the release program ..."
    remove_unused
    publish
    printf '%s\n%s\n%s\n' "$dotnet" "$app" "$1" >"$current.$$"
    mv -f "$current.$$" "$current"
  fi
  exec 9>&-
}

# A fresh folder each time, so that a roll-out that is under way keeps the files it was started from.
publish() {
  local log=$store/build.log
  app=$(mktemp -d "$store/app.XXXXXX")
  trap 'rm -rf "$app"' EXIT
  if ! publish_with -p:ReadyToRun=true >"$log" 2>&1; then
    # Native code is a matter of speed: where its compiler can't be restored (NU....), do without.
    if ! grep -q 'error NU[0-9]' "$log" || ! publish_with >"$log" 2>&1; then
      cat -- "$log" >&2
      die "The release program could not be built, so nothing was run. The compiler's errors are above."
    fi
  fi
  trap - EXIT
}

# No build servers: they would outlive the script, hold its lock and keep its pipes open. Analyzers are for --target=Test.
publish_with() {
  DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false \
    "$dotnet" publish build -c Release -o "$app" --artifacts-path "$store/work" \
    --disable-build-servers --tl:off -v quiet -nologo -clp:NoSummary -p:RunAnalyzers=false "$@" </dev/null
}

# Folders of former builds that no process was started from. The current one stays, whoever may just be starting it.
remove_unused() {
  local folder running keep=
  if [[ -f $current ]]; then keep=$(sed -n 2p "$current"); fi
  running=$(command_lines)
  for folder in "$store"/app.*; do
    if [[ -d $folder && $folder != "$keep" && $running != *"/$folder/Build.dll"* ]]; then rm -rf -- "$folder"; fi
  done
}

command_lines() {
  if [[ -d /proc/self ]]; then
    { cat /proc/[0-9]*/cmdline 2>/dev/null || true; } | tr '\0' ' '
  else
    ps -Aww -o args=
  fi
}

# The kernel drops this lock with its process, so it can't be left behind. macOS has no flock command, but perl has the call.
lock() {
  if command -v flock >/dev/null; then
    flock "$1"
  else
    perl -MFcntl=:flock -e 'flock(STDIN, LOCK_EX) or die "$!\n"' <&"$1"
  fi
}

# The first SDK that global.json accepts.
find_dotnet() {
  for dotnet in "$(command -v dotnet || true)" "${DOTNET_ROOT:-}/dotnet" "$PWD/.dotnet/dotnet" "${HOME:-}/.dotnet/dotnet" \
    /usr/local/share/dotnet/dotnet /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet; do
    if [[ -x $dotnet ]] && "$dotnet" --version >/dev/null 2>&1; then return 0; fi
  done
  return 1
}

install_dotnet() {
  local version script=${DOTNET_INSTALL_SCRIPT:-}
  version=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' global.json)
  [[ -n $script ]] || die "The .NET SDK $version (or a later 10.0) was not found. Nothing was run. One of these helps:
  Ubuntu    apt-get install dotnet-sdk-10.0
  macOS     brew install dotnet-sdk
  Windows   winget install Microsoft.DotNet.SDK.10
  any       DOTNET_INSTALL_SCRIPT=<path or address of Microsoft's dotnet-install.sh> ./build.sh ...
            installs it into .dotnet/ of this checkout and nowhere else"

  say "Installing the .NET SDK $version into .dotnet/ ..."
  if [[ ! -f $script ]]; then
    mkdir -p .dotnet
    curl -fsSL -o .dotnet/dotnet-install.sh -- "$script" || die "DOTNET_INSTALL_SCRIPT: '$script' is no file and could not be downloaded. Nothing was run."
    script=.dotnet/dotnet-install.sh
  fi
  bash "$script" --jsonfile global.json --install-dir .dotnet --no-path </dev/null >&2 || die "The .NET SDK $version could not be installed. Nothing was run."
  dotnet=$PWD/.dotnet/dotnet
}

# exec: the program takes this process over, and with it the terminal, the signals and the exit code.
run() {
  local home
  home=$(dirname -- "$dotnet")
  case ":$PATH:" in *":$home:"*) ;; *) export PATH="$home:$PATH" DOTNET_ROOT="$home" ;; esac
  exec "$dotnet" "$PWD/$app/Build.dll" "$@"
}

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 2; }

main "$@"
