#!/usr/bin/env bash
# Shows what a change does to the cost of a lost customer, and judges the gates of
# scenarios/*.yaml. Run it at the top of the repository:
#
#   check.sh [BASE]     BASE is the branch to merge into; origin/main if left out
#
# The exit status is that of churncost check: 0 all gates hold, 1 one fails, 2 no
# verdict.
set -euo pipefail

base=$(mktemp -d)
commit=$(git merge-base "${1:-origin/main}" HEAD)
git worktree add --quiet --detach "$base" "$commit"
trap 'git worktree remove --force "$base"' EXIT

git diff -z --name-only --diff-filter=M "$commit" -- 'scenarios/*.yaml' |
  while IFS= read -r -d '' scenario; do
    printf '== %s\n' "$scenario"
    churncost compare "before=$base/$scenario" "after=$scenario" --metric loss.total --why ||
      echo 'It cannot be compared.'
    echo
  done

churncost check scenarios/*.yaml --base "$base"
