//go:build !unix && !windows

package write

import (
	"io/fs"
	"os"
)

// IgnoreSIGPIPE does nothing, because these systems have no such signal.
func IgnoreSIGPIPE() {}

func isClosedPipe(error) bool { return false }

func isDiskFull(error) bool { return false }

func hasOtherLinks(*os.File, fs.FileInfo) bool { return false }

func copyAttributes(name string, from fs.FileInfo) error { return os.Chmod(name, from.Mode()) }
