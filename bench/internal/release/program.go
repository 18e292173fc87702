package release

import (
	"bytes"
	"os"
	"os/exec"
	"slices"
	"time"
)

// A Program is a program to start, and the cost of each run.
type Program struct {
	Name  string
	Args  []string // the first is its path
	Input string   // to its standard input
	Env   []string // nil for this program's
	Runs  []Run
}

// A Run is the cost of one run.
type Run struct {
	Wall, Processor float64 // seconds
	Memory          float64 // MB at the peak
}

// Run runs the program once with more arguments, and returns what it prints.
func (p *Program) Run(more ...string) ([]byte, error) {
	cmd := exec.Command(p.Args[0], slices.Concat(p.Args[1:], more)...)
	cmd.Stdin, cmd.Stderr, cmd.Env = bytes.NewBufferString(p.Input), os.Stderr, p.Env
	begin := time.Now()
	out, err := cmd.Output()
	wall := time.Since(begin)
	if err != nil {
		return nil, err
	}
	const mega = 1e6
	p.Runs = append(p.Runs, Run{wall.Seconds(), (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(), float64(PeakMemory(cmd.ProcessState)) / mega})
	return out, nil
}

// Wall, Processor and Memory are the costs of every run, sorted.
func (p *Program) Wall() []float64      { return p.all(func(r *Run) float64 { return r.Wall }) }
func (p *Program) Processor() []float64 { return p.all(func(r *Run) float64 { return r.Processor }) }
func (p *Program) Memory() []float64    { return p.all(func(r *Run) float64 { return r.Memory }) }

func (p *Program) all(cost func(*Run) float64) []float64 {
	var numbers []float64
	for i := range p.Runs {
		numbers = append(numbers, cost(&p.Runs[i]))
	}
	slices.Sort(numbers)
	return numbers
}

// Median is the median of numbers, of which there is at least one.
func Median(numbers []float64) float64 {
	sorted := slices.Sorted(slices.Values(numbers))
	middle := len(sorted) / 2
	return (sorted[middle] + sorted[len(sorted)-1-middle]) / 2
}

// Missed is what follows a target that was not met.
func Missed(met bool) string {
	if met {
		return ""
	}
	return ": MISSED"
}
