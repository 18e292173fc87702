// Package release builds programs as for a release, to measure them.
package release

import (
	"fmt"
	"os"
	"os/exec"
)

// Build builds a package of this module: static and stripped.
func Build(folder, to string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", to, folder)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("go build %s (run it at the top of the module): %w", folder, err)
	}
	return nil
}
