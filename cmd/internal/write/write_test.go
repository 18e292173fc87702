package write

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

const (
	before = "yesterday's figures, which are longer\n"
	after  = "today's figures\n"
)

// file makes a file with the content before.
func file(t *testing.T, name string, mode fs.FileMode) fs.FileInfo {
	t.Helper()
	if err := errors.Join(os.WriteFile(name, []byte(before), mode), os.Chmod(name, mode)); err != nil {
		t.Fatal(err)
	}
	return stat(t, name)
}

func stat(t *testing.T, name string) fs.FileInfo {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

// holds checks the content of a file, and that its folder has only these files.
func holds(t *testing.T, name, want string, others ...string) {
	t.Helper()
	got, err := os.ReadFile(name)
	if err != nil || string(got) != want {
		t.Errorf("%s holds %q (%v), want %q", name, got, err, want)
	}
	entries, err := os.ReadDir(filepath.Dir(name))
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	all := append(slices.Clone(others), filepath.Base(name))
	slices.Sort(all)
	if err != nil || !slices.Equal(names, all) {
		t.Errorf("the folder of %s holds %q (%v), want %q", name, names, err, all)
	}
}

func write(t *testing.T, name string) {
	t.Helper()
	if err := File(name, []byte(after)); err != nil {
		t.Fatalf("File(%s): %v", name, err)
	}
}

func TestAFileIsMadeOrReplacedAndNothingElseIsLeft(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "new")
	holds(t, "new", after)
	file(t, "new", 0o644)
	write(t, "./new")
	holds(t, "new", after)
}

func TestAFileKeepsItsMode(t *testing.T) {
	for _, mode := range []fs.FileMode{0o640, 0o666, 0o755, 0o644 | fs.ModeSetgid} { // 0666 against the umask
		t.Chdir(t.TempDir())
		file(t, "x", mode)
		write(t, "x")
		if got := stat(t, "x").Mode(); got != mode && runtime.GOOS != "windows" {
			t.Errorf("the mode of a file with %v is %v after it was written", mode, got)
		}
		holds(t, "x", after)
	}
}

func TestAProtectedFileIsNotReplaced(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write every file")
	}
	t.Chdir(t.TempDir())
	file(t, "x", 0o444)
	if err := File("x", []byte(after)); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("File on a file that may only be read: %v, want a refusal", err)
	}
	holds(t, "x", before)
}

func TestAllHardLinksShowTheNewContent(t *testing.T) {
	t.Chdir(t.TempDir())
	old := file(t, "x", 0o644)
	if err := os.Link("x", "other"); err != nil {
		t.Skip(err)
	}
	write(t, "x")
	if !os.SameFile(old, stat(t, "x")) || !os.SameFile(old, stat(t, "other")) {
		t.Error("a file with two hard links is another one after it was written")
	}
	holds(t, "other", after, "x")
}

func TestASymbolicLinkStaysAndItsTargetIsWritten(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, folder := range []string{"a", "b/deep"} {
		if err := os.MkdirAll(folder, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	file(t, "b/there", 0o644)
	for link, name := range map[string]string{"a/link": "../b/there", "a/again": "link", "a/dangling": "../b/missing", "way": "b/deep", "b/deep/up": "../above"} {
		if err := os.Symlink(name, link); err != nil {
			t.Skip(err)
		}
	}
	write(t, "a/again")
	holds(t, "b/there", after, "deep")
	write(t, "a/dangling")
	holds(t, "b/missing", after, "there", "deep")
	write(t, "way/up") // its .. is b, and not the folder of way
	holds(t, "b/above", after, "missing", "there", "deep")
	holds(t, "a/link", after, "again", "dangling")
	for _, link := range []string{"a/link", "a/again", "a/dangling", "b/deep/up"} {
		if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
			t.Errorf("%s is no symbolic link any more (%v)", link, err)
		}
	}
	if err := os.Symlink("round", "round"); err != nil {
		t.Fatal(err)
	}
	if err := File("round", nil); err == nil || Reason(err) != "too many symbolic links" {
		t.Errorf("File on a link to itself: %v, want an error", err)
	}
}

func TestAMissingFolderIsAnError(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := File("missing/x", nil); !errors.Is(err, fs.ErrNotExist) || strings.Contains(Reason(err), "missing") {
		t.Errorf("File(missing/x): %v, want that it does not exist, and a reason without the path", err)
	}
}

func TestAPathBelowDevIsWrittenLikeAnyOtherIfItIsARegularFile(t *testing.T) {
	folder, err := os.MkdirTemp("/dev/shm", "churncost")
	if err != nil {
		t.Skip(err)
	}
	defer os.RemoveAll(folder)
	name := filepath.Join(folder, "x")
	write(t, name)
	file(t, name, 0o644)
	write(t, name)
	holds(t, name, after)
}

func TestADeviceIsWrittenToAndAFullOneIsAnError(t *testing.T) {
	if err := File(os.DevNull, []byte(after)); err != nil {
		t.Errorf("File(%s): %v", os.DevNull, err)
	}
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip(err)
	}
	if err := File("/dev/full", []byte(after)); err == nil || Reason(err) != "no space left" {
		t.Errorf("File(/dev/full): %v, want that there is no space left", err)
	}
}

// A shell may redirect standard output to a file that others write to as well.
func TestWritingToAnOpenFileAppends(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("/proc/self/fd is Linux's")
	}
	t.Chdir(t.TempDir())
	old := file(t, "x", 0o644)
	f, err := os.OpenFile("x", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	folder := "/proc/self/fd/"
	link, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range link {
		if info, err := os.Stat(folder + entry.Name()); err == nil && os.SameFile(info, old) {
			write(t, "/dev/fd/"+entry.Name())
		}
	}
	holds(t, "x", before+after)
}

// The file is open for reading only, so overwriting it must fail.
func TestAFailedOverwriteSaysWhereTheCompleteCopyIs(t *testing.T) {
	t.Chdir(t.TempDir())
	file(t, "x", 0o644)
	f, err := os.Open("x")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	copied, err := writeBeside("x", []byte(after))
	if err != nil {
		t.Fatal(err)
	}
	err = overwrite(f, copied, []byte(after))
	if err == nil || !strings.HasSuffix(Reason(err), "; a complete copy is in "+copied) || !errors.As(err, new(*fs.PathError)) {
		t.Errorf("overwrite of a file that is not open for writing: %v, want an error that names %s", err, copied)
	}
	holds(t, copied, after, "x")
}

func TestAClosedPipeIsNoErrorAndAnyOtherIs(t *testing.T) {
	IgnoreSIGPIPE()
	reader, writer, err := os.Pipe()
	if errors.Is(err, errors.ErrUnsupported) {
		t.Skip(err)
	} else if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	reader.Close()
	if err := Stream(writer, []byte(after)); err != nil {
		t.Errorf("Stream to a closed pipe: %v", err)
	}
	var b bytes.Buffer
	if err := Stream(&b, []byte(after)); err != nil || b.String() != after {
		t.Errorf("Stream wrote %q (%v), want %q", &b, err, after)
	}
	_, broken := io.Pipe()
	broken.CloseWithError(fs.ErrInvalid)
	if err := Stream(broken, []byte(after)); err == nil {
		t.Error("Stream to a broken writer gives no error")
	}
}
