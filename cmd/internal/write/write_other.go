//go:build !unix && !js && !windows

package write

import (
	"io/fs"
	"os"
)

func isClosedPipe(error) bool { return false }

func isDiskFull(error) bool { return false }

func hasOtherLinks(*os.File, fs.FileInfo) bool { return false }

func copyAttributes(name string, from fs.FileInfo) error { return os.Chmod(name, from.Mode()) }
