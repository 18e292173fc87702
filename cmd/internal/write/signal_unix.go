//go:build unix

package write

import (
	"os/signal"
	"syscall"
)

// IgnoreSIGPIPE lets a write to a closed pipe return an error. The signal would end
// the program with a status of its own.
func IgnoreSIGPIPE() { signal.Ignore(syscall.SIGPIPE) }
