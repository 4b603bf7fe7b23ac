#!/usr/bin/env bash
# Stands in for alembic where the real one can't run: nothing is migrated, but the revision is recorded as it would be and an unknown one
# is refused, so that a roll-out and its rollback can be rehearsed. It knows what a release procedure uses:
#   upgrade head|+1|REVISION   downgrade base|-1|REVISION   stamp [--purge] head|base|REVISION   current   heads   history
# SANDBOX_SIMULATED is the folder of the simulated databases; a real one is asked with psql.
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
    [ "$1" = base ] || place=$(cut -d ' ' -f 1 <<<"$chain" | grep -nxF -- "$1" | cut -d : -f 1) || fail "Can't locate revision identified by '$1'"
}
at_place() { # sets revision and title
    revision=base title=
    [ "$1" -eq 0 ] || read -r revision title <<<"$(sed -n "$1p" <<<"$chain")"
}
resolve() { [ "$1" = head ] && echo "$head" || echo "$1"; }

# The recorded revision: the last word of the simulated database's file, or what alembic_version says.
ask() {
    PGHOST=$host PGPORT=$port PGUSER=$user PGPASSWORD=$password PGDATABASE=$name \
        psql -XAtq -v ON_ERROR_STOP=1 -c 'set client_min_messages = warning' -c "$1" ${2+-c "$2"}
}
recorded() {
    local found
    if [ "$user" = simulated ]; then
        found=$(sed -n '$s/.* //p' "$SANDBOX_SIMULATED/$name.revisions")
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
    local from to
    place_of "$(recorded)"
    from=$place
    case $2 in
    [-+]*) to=$((from + $2)) ;;
    *)
        place_of "$(resolve "$2")"
        to=$place
        ;;
    esac
    if [ "$1" = upgrade ]; then steps=$(seq "$((from + 1))" "$to"); else steps=$(seq "$from" -1 "$((to + 1))"); fi
    for step in $steps; do
        at_place "$((step - 1))"
        local below=${revision#base}
        at_place "$step"
        if [ "$1" = upgrade ]; then
            say "Running upgrade $below -> $revision, $title (simulated)"
            record "$revision"
        else
            say "Running downgrade $revision -> $below, $title (simulated)"
            record "${below:-base}"
        fi
    done
}

chain=$(read_chain "$(sed -n 's/^script_location *= *//p' alembic.ini)/versions")
head=$(tail -n 1 <<<"$chain" | cut -d ' ' -f 1)
read -r user password host port name \
    <<<"$(sed -E 's#^postgres(ql)?://([^:]+):([^@]+)@([^:/]+):([0-9]+)/(.+)$#\2 \3 \4 \5 \6#' <<<"$DATABASE_URL")"
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
history) echo "$chain" ;;
*) fail "'$command' isn't among the commands that are simulated" ;;
esac
