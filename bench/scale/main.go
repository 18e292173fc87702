// Scale measures churncost with thousands of scenarios in one call, and compares it with
// a bare loop that only decodes the same files with the same library:
//
//	go run ./bench/scale
//
// It writes the scenarios, of about 60 lines each and without ranges, and builds both
// programs in the same way. In turn it runs the bare loop and "churncost check" on one
// core, and check and "churncost compare" on two.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/churncost/churncost/bench/internal/release"
)

// The targets, as ratios of medians.
const (
	mostBare    = 1.15 // of the bare loop's time, on one core
	mostOneCore = 0.65 // of check's own time on one core, on two
)

// A run is one way to start a program, and the cost of its runs.
type run struct {
	name  string
	path  string
	args  []string
	cores string
	wall  []float64 // seconds
	user  []float64 // seconds of processor time, the system's included
	peak  int64     // bytes
}

func main() {
	count := flag.Int("scenarios", 10_000, "how many scenarios are written")
	rounds := flag.Int("n", 5, "how often each program is run")
	flag.Parse()
	if err := measure(*count, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "scale:", err)
		os.Exit(1)
	}
}

func measure(count, rounds int) error {
	if count < 1 || rounds < 1 {
		return errors.New("-scenarios and -n are at least 1")
	}
	folder, err := os.MkdirTemp("", "scale")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	files, err := write(folder, count)
	if err != nil {
		return err
	}
	decode, churncost := filepath.Join(folder, "decode"), filepath.Join(folder, "churncost")
	if err := errors.Join(release.Build("./bench/scale/decode", decode), release.Build("./cmd/churncost", churncost)); err != nil {
		return err
	}
	bare := &run{name: "bare loop", path: decode, args: files, cores: "1"}
	one := &run{name: "check", path: churncost, args: append([]string{"check"}, files...), cores: "1"}
	two := &run{name: "check", path: churncost, args: append([]string{"check"}, files...), cores: "2"}
	compare := &run{name: "compare", path: churncost, args: append([]string{"compare", "--metric", "loss.total"}, files...), cores: "2"}
	runs := []*run{bare, one, two, compare}
	for round := range rounds {
		for i := range runs {
			if err := runs[(round+i)%len(runs)].start(); err != nil {
				return err
			}
		}
	}
	fmt.Printf("%d scenarios\n%-12s %5s %5s  %9s  %13s  %9s\n", count, "", "cores", "runs", "wall", "processor", "peak")
	for _, r := range runs {
		fmt.Printf("%-12s %5s %5d  %7.2f s  %11.2f s  %6.1f MB\n", r.name, r.cores, len(r.wall), release.Median(r.wall), release.Median(r.user), float64(r.peak)/1e6)
	}
	fmt.Println()
	ratio := release.Median(one.wall) / release.Median(bare.wall)
	fmt.Printf("check ÷ bare loop, one core = %.2f (processor time %.2f), aimed at: at most %.2f%s\n", ratio, release.Median(one.user)/release.Median(bare.user), mostBare, release.Missed(ratio <= mostBare))
	ratio = release.Median(two.wall) / release.Median(one.wall)
	fmt.Printf("check on two cores ÷ on one = %.2f, aimed at: at most %.2f%s\n", ratio, mostOneCore, release.Missed(ratio <= mostOneCore))
	return nil
}

// start runs the program once and reads its output from a pipe.
func (r *run) start() error {
	cmd := exec.Command(r.path, r.args...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS="+r.cores)
	cmd.Stderr = os.Stderr
	begin := time.Now()
	if _, err := cmd.Output(); err != nil {
		return fmt.Errorf("%s: %w", r.name, err)
	}
	r.wall = append(r.wall, time.Since(begin).Seconds())
	r.user = append(r.user, (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds())
	r.peak = max(r.peak, release.PeakMemory(cmd.ProcessState))
	return nil
}

// write writes the scenarios, each a little different.
func write(folder string, count int) (files []string, err error) {
	for i := range count {
		name := filepath.Join(folder, fmt.Sprintf("s%05d.yaml", i))
		text := fmt.Sprintf(template, i, i, 50+i%100, i%10, 1000+i, 200+i%50)
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			return nil, err
		}
		files = append(files, name)
	}
	return files, nil
}

// template is one scenario.
const template = `# Scenario %d: a subscription of a size of its own.
version: 1
name: Plan %d
currency: USD

customer:
  # what the customer pays
  spend: %d per month
  years: 10
  margin: 80%%
  retention: 8%d.5%%
  discount: 10%%
  paid: start
  replaced_after: 3 months

company:
  # from the billing system
  customers: %d
  churn: 12%%

programme:
  cost: 118800
  churn_after: -2pp

acquisition:
  win_cost: %d
  keep_cost: 60
  ramp_years: 0.5

word_of_mouth:
  # exit survey
  tells: [4, 2]
  leave: {value: 12%%, source: "exit survey, 2026", owner: Ann}
  rule: expected
  talkers: 40%%
  buyers: 30%%
  value: 80%%
  overlap: 10%%

winback:
  active: 62%%
  lapsed: 22%%
  prospect: 7%%
  offer_cost: 35
  paid_to: asked
  lost: 120
  second_life:
    spend: 90%%
    years: 6
    ramp_years: 1
  returns_anyway: 5%%

referrals:
  promoters: 30%%
  words: 6
  convert: 2%%
  anyway: 25%%

gates:
  - loss.total <= 100000
  - ripple.leave < 2
`
