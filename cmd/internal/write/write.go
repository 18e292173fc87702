// Package write writes output to streams and files. It knows pipes, links, owners and
// full disks on each operating system. It knows nothing about the contents.
package write

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Stream writes to a stream. It is not an error if the reader has closed its end of a
// pipe.
func Stream(w io.Writer, data []byte) error {
	if _, err := w.Write(data); !isClosedPipe(err) {
		return err
	}
	return nil
}

// File writes a file completely or not at all. A file that exists keeps its mode, owner,
// group, and other hard links, and must be writable. A symbolic link stays, and the file
// that it names is written. Devices, pipes, /dev/stdout and the like are written to
// directly.
func File(name string, data []byte) error {
	name, err := target(name)
	if err != nil {
		return err
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return create(name, data)
	case err != nil:
		return err
	case info.Mode().IsRegular() && !isDescriptor(name):
		return replace(name, data)
	}
	stream, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	return errors.Join(Stream(stream, data), stream.Close())
}

// isDescriptor reports whether a path is another name of an open file, such as
// /dev/stdout. Writing to it appends.
func isDescriptor(name string) bool {
	name = filepath.Clean(name)
	return name == "/dev/stdout" || name == "/dev/stderr" || strings.HasPrefix(name, "/dev/fd/") || strings.HasPrefix(name, "/proc/")
}

// target follows symbolic links to the file that they name, which need not exist. Paths
// are not cleaned, because x/.. is another folder if x is a link.
func target(name string) (string, error) {
	for range 40 { // as many links as Linux follows
		link, err := os.Readlink(name)
		if err != nil || isDescriptor(name) {
			return name, nil
		}
		if !filepath.IsAbs(link) {
			folder, _ := filepath.Split(name)
			link = folder + link
		}
		name = link
	}
	return "", errors.New("too many symbolic links")
}

// create writes a file that does not exist.
func create(name string, data []byte) error {
	temporary, err := writeBeside(name, data)
	if err != nil {
		return err
	}
	return rename(temporary, name)
}

// replace writes a regular file that exists. It puts a new file in its place. If that
// would lose hard links or the owner, it overwrites the file.
func replace(name string, data []byte) error {
	old, err := os.OpenFile(name, os.O_WRONLY, 0) // fails if the file is protected
	if err != nil {
		return err
	}
	defer old.Close()
	info, err := old.Stat()
	if err != nil {
		return err
	}
	temporary, err := writeBeside(name, data)
	if err != nil {
		return err
	}
	if hasOtherLinks(old, info) || copyAttributes(temporary, info) != nil {
		return overwrite(old, temporary, data)
	}
	old.Close() // Windows cannot rename over an open file
	return rename(temporary, name)
}

// overwrite writes a file in place. The temporary file, which holds the same data,
// is removed at the end, so that a complete copy exists at every moment.
func overwrite(f *os.File, temporary string, data []byte) error {
	_, err := f.Write(data)
	if err == nil {
		err = f.Truncate(int64(len(data)))
	}
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		return &incomplete{err, temporary}
	}
	return os.Remove(temporary)
}

// An incomplete error is about a file that was partly overwritten.
type incomplete struct {
	error
	copy string
}

func (e *incomplete) Unwrap() error { return e.error }

// writeBeside writes a new file into the folder of another and returns its name. The data
// is on the disk when this returns, so a crash cannot leave the other file empty.
func writeBeside(name string, data []byte) (temporary string, err error) {
	f, err := createBeside(name)
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

func createBeside(name string) (*os.File, error) {
	folder, base := filepath.Split(name)
	for try := 0; ; try++ {
		f, err := os.OpenFile(fmt.Sprintf("%s.%s.%d.%d", folder, base, os.Getpid(), try), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}

func rename(temporary, name string) error {
	err := os.Rename(temporary, name)
	if err != nil {
		os.Remove(temporary)
	}
	return err
}

// Reason returns the message of an error of this package, without the path of the file.
func Reason(err error) string {
	if partial, ok := errors.AsType[*incomplete](err); ok {
		return Reason(partial.error) + "; a complete copy is in " + partial.copy
	}
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		err = path.Err
	} else if link, ok := errors.AsType[*os.LinkError](err); ok {
		err = link.Err
	}
	if isDiskFull(err) {
		return "no space left"
	}
	return err.Error()
}
