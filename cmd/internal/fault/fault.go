// Package fault carries a panic from the goroutine in which it happened to the one that
// prints it. It knows nothing else about the program.
package fault

import (
	"fmt"
	"runtime/debug"
)

// A Fault is a panic and the stack on which it happened.
type Fault struct {
	Value any
	Stack []byte
}

// From makes a Fault of the value that recover returned. It must be called in the
// deferred function that recovered. If the value is a Fault, it keeps its stack.
func From(recovered any) *Fault {
	if carried, ok := recovered.(*Fault); ok {
		return carried
	}
	return &Fault{recovered, debug.Stack()}
}

func (f *Fault) Error() string { return fmt.Sprint(f.Value) }
