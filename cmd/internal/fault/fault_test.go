package fault

import (
	"strings"
	"testing"
)

func breaks() { panic("planted") }

// recovered calls f and returns its panic as a Fault.
func recovered(f func()) (fault *Fault) {
	defer func() { fault = From(recover()) }()
	f()
	return nil
}

func TestAFaultThatIsRethrownKeepsItsStack(t *testing.T) {
	first := recovered(breaks)
	if first.Error() != "planted" || !strings.Contains(string(first.Stack), "fault.breaks(") {
		t.Errorf("the fault is %q with the stack\n%s\nwant planted, and breaks on it", first, first.Stack)
	}
	if carried := recovered(func() { panic(first) }); carried != first {
		t.Errorf("the fault that was carried on is %q with the stack\n%s", carried, carried.Stack)
	}
}
