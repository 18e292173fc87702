package write

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// Windows error codes that the package syscall has no names for.
const (
	errorNoData   = syscall.Errno(232) // the pipe is being closed
	errorDiskFull = syscall.Errno(112)
)

func isClosedPipe(err error) bool {
	return errors.Is(err, syscall.ERROR_BROKEN_PIPE) || errors.Is(err, errorNoData)
}

func isDiskFull(err error) bool { return errors.Is(err, errorDiskFull) }

func hasOtherLinks(f *os.File, _ fs.FileInfo) bool {
	var file syscall.ByHandleFileInformation
	err := syscall.GetFileInformationByHandle(syscall.Handle(f.Fd()), &file)
	return err == nil && file.NumberOfLinks > 1
}

// copyAttributes does nothing: a new file gets its rights from its folder.
func copyAttributes(string, fs.FileInfo) error { return nil }
