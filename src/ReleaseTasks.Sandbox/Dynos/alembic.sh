#!/usr/bin/env bash
# Stands in for alembic where the real one can't run: nothing is migrated, but the revision is recorded as it would be and an unknown one
# is refused, so that a roll-out and its rollback can be rehearsed. It knows what a release procedure uses:
#   upgrade head|+1|REVISION   downgrade base|-1|REVISION   stamp [--purge] head|base|REVISION   current   heads   history
# SANDBOX_SIMULATED is the folder of the simulated databases; a real one is asked with psql.
# It starts as few programs as it can: a new sandbox waits for it.
set -eu -o pipefail

say() { echo "INFO  [alembic.runtime.migration] $*" >&2; }
fail() { echo "ERROR [alembic.util.messaging] $*" >&2; echo "FAILED: $*"; exit 255; }

# The migrations as a line each, oldest first: the revision and the file's first line.
read_chain() {
    awk -F "['\"]" '
        FNR == 1 { title = $4 }
        /^revision *=/ { revision = $2; titles[revision] = title }
        /^down_revision *=/ { above[$2 == "" ? "base" : $2] = revision }
        END { for (at = "base"; at in above; ) { at = above[at]; print at, titles[at] } }' "$1"/*.py
}
place_of() { # sets place, counted from 1; 0 is the base
    place=0
    [ "$1" != base ] || return 0
    while [ "$place" -lt "${#revisions[@]}" ]; do
        place=$((place + 1))
        [ "${revisions[place - 1]}" != "$1" ] || return 0
    done
    fail "Can't locate revision identified by '$1'"
}
at_place() { # sets revision and title
    revision=base title=
    [ "$1" -eq 0 ] || { revision=${revisions[$1 - 1]} title=${titles[$1 - 1]}; }
}
resolve() { [ "$1" = head ] && echo "$head" || echo "$1"; }

# The recorded revision: the last word of the simulated database's file, or what alembic_version says.
ask() {
    PGHOST=$host PGPORT=$port PGUSER=$user PGPASSWORD=$password PGDATABASE=$name \
        psql -XAtq -v ON_ERROR_STOP=1 -c 'set client_min_messages = warning' -c "$1" ${2+-c "$2"}
}
recorded() {
    local found= line
    if [ "$user" = simulated ]; then
        while read -r line; do found=${line##* }; done <"$SANDBOX_SIMULATED/$name.revisions"
    else
        found=$(ask 'create table if not exists alembic_version (version_num varchar(32) primary key)' 'select version_num from alembic_version')
    fi
    echo "${found:-base}"
}
record() {
    if [ "$user" = simulated ]; then
        echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) $1" >>"$SANDBOX_SIMULATED/$name.revisions"
    else
        ask "create table if not exists alembic_version (version_num varchar(32) primary key)" \
            "begin; delete from alembic_version; insert into alembic_version select '$1' where '$1' <> 'base'; commit"
    fi
}

move() { # upgrade or downgrade, from where it is to a target
    local from to step below
    place_of "$(recorded)"
    from=$place
    case $2 in
    [-+]*)
        to=$((from + $2))
        [ "$to" -ge 0 ] && [ "$to" -le "${#revisions[@]}" ] || fail "Relative revision $2 didn't produce ${2#[-+]} migrations"
        ;;
    *)
        place_of "$(resolve "$2")"
        to=$place
        ;;
    esac
    if [ "$1" = upgrade ]; then
        for ((step = from + 1; step <= to; step++)); do
            below_of "$step"
            say "Running upgrade $below -> $revision, $title (simulated)"
            record "$revision"
        done
    else
        for ((step = from; step > to; step--)); do
            below_of "$step"
            say "Running downgrade $revision -> $below, $title (simulated)"
            record "${below:-base}"
        done
    fi
}
below_of() { # sets below, revision and title
    at_place "$(($1 - 1))"
    below=${revision#base}
    at_place "$1"
}

while IFS= read -r line; do
    [[ ! $line =~ ^script_location\ *=\ *(.+)$ ]] || location=${BASH_REMATCH[1]}
done <alembic.ini
revisions=() titles=() head=base
while read -r revision title; do
    revisions+=("$revision") titles+=("$title") head=$revision
done < <(read_chain "$location/versions")
[[ $DATABASE_URL =~ ^postgres(ql)?://([^:]+):([^@]+)@([^:/]+):([0-9]+)/(.+)$ ]]
user=${BASH_REMATCH[2]} password=${BASH_REMATCH[3]} host=${BASH_REMATCH[4]} port=${BASH_REMATCH[5]} name=${BASH_REMATCH[6]}
command=$1
shift
echo "alembic is simulated: no table is changed, the revision is recorded." >&2
case $command in
upgrade | downgrade) move "$command" "$1" ;;
stamp)
    if [ "$1" = --purge ]; then shift; else place_of "$(recorded)"; fi
    place_of "$(resolve "$1")"
    record "$(resolve "$1")"
    ;;
current)
    here=$(recorded)
    place_of "$here"
    [ "$here" != "$head" ] || here="$here (head)"
    [ "$here" = base ] || echo "$here"
    ;;
heads) echo "$head (head)" ;;
history) for ((i = 0; i < ${#revisions[@]}; i++)); do echo "${revisions[i]} ${titles[i]}"; done ;;
*) fail "'$command' isn't among the commands that are simulated" ;;
esac
