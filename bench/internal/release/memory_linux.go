package release

import (
	"os"
	"syscall"
)

// PeakMemory returns the most bytes of memory that a program held at once.
func PeakMemory(p *os.ProcessState) int64 {
	const kilobyte = 1024 // the unit of Linux
	return p.SysUsage().(*syscall.Rusage).Maxrss * kilobyte
}
