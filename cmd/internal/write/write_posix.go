//go:build unix || js

package write

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

func isClosedPipe(err error) bool { return errors.Is(err, syscall.EPIPE) }

func isDiskFull(err error) bool { return errors.Is(err, syscall.ENOSPC) }

func hasOtherLinks(_ *os.File, info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && stat.Nlink > 1
}

// copyAttributes gives a file the owner, group and mode of another.
func copyAttributes(name string, from fs.FileInfo) error {
	if stat, ok := from.Sys().(*syscall.Stat_t); ok {
		if err := os.Chown(name, int(stat.Uid), int(stat.Gid)); err != nil {
			return err
		}
	}
	return os.Chmod(name, from.Mode())
}
