// Start measures a whole run of churncost, and compares it with the least time of a Go
// program and with a well-known slow start:
//
//	go run ./bench/start
//
// It builds an empty Go program and churncost in the same way. In turn it starts the
// empty program, "churncost loss" and "python3 -c 'import numpy'", if Python has numpy.
// Each round begins with a different program, so that none always follows the same one. A
// run lasts from before the program is started until it has ended and its output has been
// read from a pipe.
package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/churncost/churncost/bench/internal/release"
)

// The targets, as ratios of medians.
const (
	mostEmpties = 4.2 // churncost may take this many times what the empty program takes
	leastNumpy  = 25  // importing numpy takes at least this many times what churncost takes
)

// warmUp is how many rounds are run before counting begins.
const warmUp = 5

// A program is a program to start, and how long each run took.
type program struct {
	name  string
	path  string
	args  []string
	times []time.Duration
}

func main() {
	rounds := flag.Int("n", 100, "how often each program is started")
	python := flag.String("python", "", "the Python that imports numpy (default: /usr/bin/python3, else python3)")
	flag.Parse()
	if err := measure(*rounds, *python); err != nil {
		fmt.Fprintln(os.Stderr, "start:", err)
		os.Exit(1)
	}
}

func measure(rounds int, python string) error {
	if rounds < 1 {
		return errors.New("-n is at least 1")
	}
	folder, err := os.MkdirTemp("", "start")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	empty := &program{name: "empty Go program", path: filepath.Join(folder, "empty")}
	churncost := &program{name: "churncost loss", path: filepath.Join(folder, "churncost"), args: []string{"loss"}}
	if err := release.Build("./bench/start/empty", empty.path); err != nil {
		return err
	}
	if err := release.Build("./cmd/churncost", churncost.path); err != nil {
		return err
	}
	programs := []*program{empty, churncost}
	numpy := withNumpy(python)
	if numpy != nil {
		programs = append(programs, numpy)
	}
	for round := range warmUp + rounds {
		for i := range programs {
			p := programs[(round+i)%len(programs)]
			took, err := p.run()
			if err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			if round >= warmUp {
				p.times = append(p.times, took)
			}
		}
	}
	fmt.Printf("%-24s %5s  %10s  %10s  %10s\n", "", "runs", "quarter", "median", "3 quarters")
	for _, p := range programs {
		fmt.Printf("%-24s %5d  %7.2f ms  %7.2f ms  %7.2f ms\n", p.name, len(p.times), p.quantile(.25), p.quantile(.5), p.quantile(.75))
	}
	fmt.Println()
	ratio := churncost.quantile(.5) / empty.quantile(.5)
	fmt.Printf("churncost ÷ empty = %.2f, aimed at: at most %.1f%s\n", ratio, mostEmpties, release.Missed(ratio <= mostEmpties))
	if numpy == nil {
		fmt.Println("no Python with numpy here: nothing to compare with")
		return nil
	}
	ratio = numpy.quantile(.5) / churncost.quantile(.5)
	fmt.Printf("numpy ÷ churncost = %.1f, aimed at: at least %d%s\n", ratio, leastNumpy, release.Missed(ratio >= leastNumpy))
	return nil
}

// withNumpy finds a Python that has numpy, or returns nil.
func withNumpy(python string) *program {
	for _, path := range slices.Compact([]string{cmp.Or(python, "/usr/bin/python3"), cmp.Or(python, "python3")}) {
		p := &program{name: "python3 -c import numpy", path: path, args: []string{"-c", "import numpy"}}
		if _, err := p.run(); err == nil {
			return p
		}
	}
	return nil
}

// run starts the program, reads its output and waits for its end.
func (p *program) run() (time.Duration, error) {
	cmd := exec.Command(p.path, p.args...)
	begin := time.Now()
	_, err := cmd.Output()
	return time.Since(begin), err
}

// quantile returns a quantile of the run times, in milliseconds.
func (p *program) quantile(part float64) float64 {
	slices.Sort(p.times)
	at := part * float64(len(p.times)-1)
	low := int(at)
	high := min(low+1, len(p.times)-1)
	weight := at - float64(low)
	took := float64(p.times[low])*(1-weight) + float64(p.times[high])*weight
	return took / float64(time.Millisecond)
}
