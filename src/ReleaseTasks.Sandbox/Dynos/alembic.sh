#!/usr/bin/env bash
# Stands in for alembic where the real one can't run: nothing is migrated, but the revision is recorded as it would be and an unknown one
# is refused, so that a roll-out and its rollback can be rehearsed. It knows what a release procedure uses:
#   upgrade head|REVISION   downgrade base|-1|REVISION   stamp [--purge] head|base|REVISION   current   heads   history
# SANDBOX_SIMULATED is the folder of the simulated databases; a real one is asked with psql.
set -eu

say() { echo "INFO  [alembic.runtime.migration] $*" >&2; }
fail() { echo "ERROR [alembic.util.messaging] $*" >&2; echo "FAILED: $*"; exit 255; }

# The chain of revisions, oldest first, by the 'revision' and 'down_revision' of each file.
value_in() { sed -n "s/^$1 *= *['\"]\{0,1\}\([^'\"]*\)['\"]\{0,1\}.*/\1/p" "$2"; }
chain() {
    local below=None file next
    while next=; do
        for file in "$versions"/*.py; do
            [ "$(value_in down_revision "$file")" != "$below" ] || { next=$(value_in revision "$file"); break; }
        done
        [ -n "$next" ] || break
        echo "$next"
        below=$next
    done
}
title_of() { grep -lE "^revision *= *['\"]$1['\"]" "$versions"/*.py | head -n 1 | xargs sed -n '1s/^"""//p'; }
place_of() { [ "$1" = base ] && echo 0 || chain | grep -nxF -- "$1" | cut -d: -f1; }
at_place() { [ "$1" -eq 0 ] && echo base || chain | sed -n "$1p"; }
resolve() { case $1 in head | heads) chain | tail -n 1 ;; *) echo "$1" ;; esac; }
place_or_fail() { place=$(place_of "$1") || fail "Can't locate revision identified by '$1'"; }

# The recorded revision: the last word of the simulated database's file, or what alembic_version says.
ask() {
    PGHOST=$host PGPORT=$port PGUSER=$user PGPASSWORD=$password PGDATABASE=$name \
        psql -XAtq -v ON_ERROR_STOP=1 -c 'set client_min_messages = warning' -c "$1"
}
recorded() {
    local found
    if [ "$user" = simulated ]; then
        found=$(sed -n '$s/.* //p' "$SANDBOX_SIMULATED/$name.revisions")
    else
        ask 'create table if not exists alembic_version (version_num varchar(32) primary key)'
        found=$(ask 'select version_num from alembic_version')
    fi
    echo "${found:-base}"
}
record() {
    if [ "$user" = simulated ]; then
        echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) $1" >>"$SANDBOX_SIMULATED/$name.revisions"
    elif [ "$1" = base ]; then
        ask 'delete from alembic_version'
    else
        ask "begin; delete from alembic_version; insert into alembic_version values ('$1'); commit"
    fi
}

move() { # upgrade or downgrade, one revision at a time
    local from to here
    here=$(recorded)
    place_or_fail "$here"
    from=$place
    case $2 in
    -*) place=$((from + $2)) ;;
    *) place_or_fail "$(resolve "$2")" ;;
    esac
    to=$place
    while [ "$from" -lt "$to" ] && [ "$1" = upgrade ]; do
        from=$((from + 1))
        say "Running upgrade $(at_place $((from - 1)) | sed 's/^base$//') -> $(at_place "$from"), $(title_of "$(at_place "$from")") (simulated)"
        record "$(at_place "$from")"
    done
    while [ "$from" -gt "$to" ] && [ "$1" = downgrade ]; do
        say "Running downgrade $(at_place "$from") -> $(at_place $((from - 1)) | sed 's/^base$//'), $(title_of "$(at_place "$from")") (simulated)"
        from=$((from - 1))
        record "$(at_place "$from")"
    done
}

versions=$(sed -n 's/^script_location *= *//p' alembic.ini)/versions
parts=$(sed -E 's#^postgres(ql)?://([^:]+):([^@]+)@([^:/]+):([0-9]+)/(.+)$#\2 \3 \4 \5 \6#' <<<"$DATABASE_URL")
read -r user password host port name <<<"$parts"
command=$1
shift
echo "alembic is simulated: no table is changed, the revision is recorded." >&2
case $command in
upgrade | downgrade) move "$command" "$1" ;;
stamp)
    purge=
    [ "$1" != --purge ] || { purge=yes; shift; }
    [ -n "$purge" ] || place_or_fail "$(recorded)"
    place_or_fail "$(resolve "$1")"
    record "$(resolve "$1")"
    ;;
current)
    here=$(recorded)
    place_or_fail "$here"
    [ "$here" != "$(chain | tail -n 1)" ] || here="$here (head)"
    [ "$here" = base ] || echo "$here"
    ;;
heads) echo "$(chain | tail -n 1) (head)" ;;
history) chain ;;
*) fail "'$command' isn't among the commands that are simulated" ;;
esac
