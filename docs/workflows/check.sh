#!/usr/bin/env bash
# Shows what a change does to the cost of a lost customer, and judges the gates of all
# scenarios in the folder scenarios. Run it at the top of the repository:
#
#   check.sh [BASE [FLAG...]]   BASE is the branch to merge into; origin/main if left out
#
# The flags are for churncost check, such as --fail-on-unjudged. The exit status is that of
# churncost check: 0 all gates hold, 1 one fails, 2 no verdict.
set -euo pipefail

base=${1:-origin/main}
if ! commit=$(git merge-base "$base" HEAD); then
  echo "check.sh: git does not know where $base and this branch part" >&2
  if [[ $(git rev-parse --is-shallow-repository) == true ]]; then
    echo '      = the clone is shallow: git fetch --unshallow' >&2
  else
    echo '      = git fetch gets the branch' >&2
  fi
  exit 2
fi

# With an index of its own, the copy is not known to git: if this is killed, no worktree is
# left over. git archive would leave out what .gitattributes says, and that is in the change.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/base"
GIT_INDEX_FILE=$folder/index git --work-tree="$folder/base" read-tree --reset -u "$commit"

churncost compare --base "$folder/base" scenarios || echo 'They cannot be compared.'
echo
churncost check scenarios --base "$folder/base" "${@:2}"
