package write

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
	"testing"
)

const nobody = 65534

// asNobody calls f as the user nobody.
func asNobody(t *testing.T, f func()) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root may become another user")
	}
	if err := syscall.Setresuid(-1, nobody, -1); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := syscall.Setresuid(-1, 0, -1); err != nil {
			t.Fatal(err)
		}
	}()
	f()
}

func owner(t *testing.T, name string) uint32 {
	t.Helper()
	return stat(t, name).Sys().(*syscall.Stat_t).Uid
}

func TestAFileKeepsItsOwner(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Chmod(".", 0o777); err != nil {
		t.Fatal(err)
	}
	old := file(t, "x", 0o666)
	asNobody(t, func() { write(t, "x") })
	if !os.SameFile(old, stat(t, "x")) || owner(t, "x") != 0 {
		t.Errorf("root's file belongs to %d after somebody else wrote it, or is another one", owner(t, "x"))
	}
	holds(t, "x", after)

	file(t, "x", 0o666)
	if err := os.Chown("x", nobody, nobody); err != nil {
		t.Fatal(err)
	}
	write(t, "x")
	if owner(t, "x") != nobody {
		t.Errorf("a file of %d belongs to %d after root wrote it", nobody, owner(t, "x"))
	}
	holds(t, "x", after)
}

func TestNothingIsWrittenIntoAFolderThatIsProtected(t *testing.T) {
	t.Chdir(t.TempDir())
	file(t, "x", 0o666)
	asNobody(t, func() {
		for _, name := range []string{"x", "new"} {
			if err := File(name, []byte(after)); !errors.Is(err, fs.ErrPermission) {
				t.Errorf("File(%s) in a folder of root: %v, want a refusal", name, err)
			}
		}
	})
	holds(t, "x", before)
}
