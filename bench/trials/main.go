// Trials measures the time and memory of a simulation, and compares it with the same
// model in numpy and written by hand in Go:
//
//	go run ./bench/trials
//
// It runs whole programs in turn: churncost simulate on cafe-model.yaml, trials.py, and
// the loop in the folder of that name. Each round begins with a different program, so
// that none always follows the same one. Time is from before a program is started until
// it has ended. Processor seconds and peak memory are those that the system reports. The
// quantiles that the programs print must agree.
package main

import (
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/churncost/churncost/bench/internal/release"
)

// The targets.
const (
	mostOfNumpy = .25 // of numpy's time, at the most trials
	mostMemory  = 16  // MB, for any number of trials
	agreement   = .01 // relative difference allowed between quantiles
)

func main() {
	rounds := flag.Int("n", 5, "how often each program is run")
	python := flag.String("python", "/usr/bin/python3", "the Python that has numpy")
	binary := flag.String("churncost", "", "a churncost that is built already")
	flag.Parse()
	if err := measure(*rounds, *python, *binary); err != nil {
		fmt.Fprintln(os.Stderr, "trials:", err)
		os.Exit(1)
	}
}

func measure(rounds int, python, binary string) error {
	if rounds < 1 {
		return errors.New("-n is at least 1")
	}
	folder, err := os.MkdirTemp("", "trials")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	loop := filepath.Join(folder, "loop")
	if err := release.Build("./bench/trials/loop", loop); err != nil {
		return err
	}
	if binary == "" {
		binary = filepath.Join(folder, "churncost")
		if err := release.Build("./cmd/churncost", binary); err != nil {
			return err
		}
	}
	fmt.Printf("%d cores, %d rounds; medians, with the least and the most\n", runtime.NumCPU(), rounds)
	for _, trials := range [...]int{1_000_000, 10_000_000} {
		programs := []*release.Program{
			{Name: "numpy", Args: []string{python, "bench/trials/trials.py"}},
			{Name: "Go by hand", Args: []string{loop}},
			{Name: "churncost simulate", Args: []string{binary, "simulate", "bench/trials/cafe-model.yaml", "--metric", "loss.total", "--format", "csv", "--trials"}},
		}
		if err := runAll(programs, rounds, trials); err != nil {
			return err
		}
		tell(programs, trials)
	}
	return nil
}

// runAll runs every program in turn, and compares what they print.
func runAll(programs []*release.Program, rounds, trials int) error {
	var first []float64
	for round := range rounds {
		for i := range programs {
			p := programs[(round+i)%len(programs)]
			quantiles, err := run(p, trials)
			if err != nil {
				return fmt.Errorf("%s: %w", p.Name, err)
			}
			if first == nil {
				first = quantiles
			}
			for j := range first {
				if len(quantiles) != len(first) || math.Abs(quantiles[j]/first[j]-1) > agreement {
					return fmt.Errorf("%s gives the quantiles %v, another program %v", p.Name, quantiles, first)
				}
			}
		}
	}
	return nil
}

// run runs a program once. It prints a quantile on each line, alone or, in CSV,
// in the line of its name.
func run(p *release.Program, trials int) (quantiles []float64, err error) {
	out, err := p.Run(strconv.Itoa(trials))
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(out)) {
		fields := strings.Split(strings.TrimSpace(line), ",")
		if value := fields[0]; len(fields) == 1 {
			quantile, err := strconv.ParseFloat(value, 64)
			if err != nil {
				return nil, err
			}
			quantiles = append(quantiles, quantile)
		} else if strings.HasPrefix(fields[2], "P") {
			quantile, err := strconv.ParseFloat(fields[3], 64)
			if err != nil {
				return nil, err
			}
			quantiles = append(quantiles, quantile)
		}
	}
	return quantiles, nil
}

// tell prints the measurements.
func tell(programs []*release.Program, trials int) {
	fmt.Printf("\n%-24s %24s  %24s  %9s\n", fmt.Sprintf("%d trials", trials), "seconds", "processor seconds", "peak")
	for _, p := range programs {
		wall, processor, memory := p.Wall(), p.Processor(), p.Memory()
		fmt.Printf("%-24s %6.2f (%6.2f to %6.2f)  %6.2f (%6.2f to %6.2f)  %6.1f MB\n", p.Name, release.Median(wall), wall[0], wall[len(wall)-1],
			release.Median(processor), processor[0], processor[len(processor)-1], memory[len(memory)-1])
	}
	numpy, ours := programs[0], programs[len(programs)-1]
	for _, p := range programs[1:] {
		// Round by round, because the other load on the machine changes.
		ratios := make([]float64, len(p.Runs))
		for i := range p.Runs {
			ratios[i] = p.Runs[i].Wall / numpy.Runs[i].Wall
		}
		slices.Sort(ratios)
		fmt.Printf("%s ÷ numpy = %.3f in time (%.3f to %.3f), %.3f in processor seconds\n", p.Name, release.Median(ratios), ratios[0], ratios[len(ratios)-1],
			release.Median(p.Processor())/release.Median(numpy.Processor()))
		if p == ours {
			fmt.Printf("aimed at: at most %.2f%s, and at most %d MB%s\n", mostOfNumpy, release.Missed(release.Median(ratios) <= mostOfNumpy), mostMemory, release.Missed(slices.Max(p.Memory()) <= mostMemory))
		}
	}
}
