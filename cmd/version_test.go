package cmd

import (
	"runtime/debug"
	"testing"
)

func TestTheVersionNamesTheCommitItsDateAndGo(t *testing.T) {
	setting := func(key, value string) debug.BuildSetting { return debug.BuildSetting{Key: key, Value: value} }
	commit, date := setting("vcs.revision", "1d76b3d"), setting("vcs.time", "2026-05-01T08:00:00Z")
	for _, test := range []struct {
		claim string
		info  debug.BuildInfo
		want  string
	}{
		{"a release has all of them",
			debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: "v1.2.3"}, Settings: []debug.BuildSetting{commit, date, setting("vcs.modified", "false")}},
			"churncost v1.2.3\ncommit: 1d76b3d\ndate: 2026-05-01T08:00:00Z\ngo: go1.26.8\n"},
		{"uncommitted changes are no release",
			debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: "v1.2.3+dirty"}, Settings: []debug.BuildSetting{commit, date, setting("vcs.modified", "true")}},
			"churncost v1.2.3+dirty\ncommit: 1d76b3d with uncommitted changes\ndate: 2026-05-01T08:00:00Z\ngo: go1.26.8\n"},
		{"-buildvcs=false leaves the commit and its date unknown",
			debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: "(devel)"}},
			"churncost (devel)\ncommit: unknown\ndate: unknown\ngo: go1.26.8\n"},
		{"a program that does not know its build says so",
			debug.BuildInfo{},
			"churncost unknown\ncommit: unknown\ndate: unknown\ngo: unknown\n"},
	} {
		if got := describeBuild(&test.info); got != test.want {
			t.Errorf("%s: describeBuild = %q, want %q", test.claim, got, test.want)
		}
	}
}
