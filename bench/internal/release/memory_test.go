package release

import (
	"os"
	"os/exec"
	"runtime"
	"testing"
)

// A program with the Go runtime, this test, holds more than one megabyte and less than four
// gigabytes.
func TestTheMemoryOfAProgramIsMeasuredOnLinuxAndZeroElsewhere(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("this system starts no programs")
	}
	cmd := exec.Command(os.Args[0], "-test.run", "^$")
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	got := PeakMemory(cmd.ProcessState)
	if measured := got > 1<<20 && got < 1<<32; measured != (runtime.GOOS == "linux") || !measured && got != 0 {
		t.Errorf("PeakMemory = %d bytes", got)
	}
}
