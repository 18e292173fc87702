package cmd

import (
	"cmp"
	"fmt"
	"runtime/debug"
)

// newIssue is where to report a fault of the program.
const newIssue = "https://github.com/churncost/churncost/issues/new"

// version describes the running build.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return describeBuild(info)
}

// describeBuild writes version, commit, date and Go version. Any of them may be unknown:
// -buildvcs=false leaves out the commit and its date.
func describeBuild(info *debug.BuildInfo) string {
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	commit := cmp.Or(settings["vcs.revision"], "unknown")
	if settings["vcs.modified"] == "true" {
		commit += " with uncommitted changes"
	}
	return fmt.Sprintf("churncost %s\ncommit: %s\ndate: %s\ngo: %s\n",
		cmp.Or(info.Main.Version, "unknown"), commit, cmp.Or(settings["vcs.time"], "unknown"), cmp.Or(info.GoVersion, "unknown"))
}
