//go:build !linux

package release

import "os"

// PeakMemory returns 0: it is measured on Linux only.
func PeakMemory(*os.ProcessState) int64 { return 0 }
