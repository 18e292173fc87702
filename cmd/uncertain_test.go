package cmd

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// scenarioFile writes a scenario and returns its path.
func scenarioFile(t *testing.T, text string) string {
	t.Helper()
	return scenarioFileNamed(t, "mine.yaml", text)
}

func scenarioFileNamed(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// printed runs a command line that must succeed and returns its output.
func printed(t *testing.T, args ...string) []byte {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if status := Main(args, strings.NewReader(""), &stdout, &stderr); status != statusOK {
		t.Fatalf("churncost %q = status %d: %s", args, status, &stderr)
	}
	return stdout.Bytes()
}

// A statistic is a number of a simulation and its standard error.
type statistic struct{ value, err float64 }

// statistics reads the CSV of a simulation of one metric.
func statistics(t *testing.T, data []byte) map[string]statistic {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]statistic{}
	for _, row := range rows[1:] {
		value, err := strconv.ParseFloat(row[3], 64)
		scatter, also := strconv.ParseFloat(row[4], 64)
		if err = errors.Join(err, also); err != nil {
			t.Fatal(err)
		}
		all[row[2]] = statistic{value, scatter}
	}
	return all
}

// A customer is replaced after a year. The lost spend is uniform from 10,000 to 11,000,
// and so is the cost of winning the new customer. The total is 20,000 plus 1,000 times
// the sum of two uniform numbers, with mean 1, variance 1/6, and quantiles √(2p) and 2 −
// √(2 (1 − p)) (Irwin 1927, Hall 1927).
const triangle = `
version: 1
customer: {spend: 10000..11000 per year, years: 5, replaced_after: 1}
acquisition: {win_cost: 10000..11000}
`

// triangleTruth is the exact distribution of the triangle's loss.total.
func triangleTruth() map[string]float64 {
	truth := map[string]float64{"P5": math.Sqrt(.1), "P10": math.Sqrt(.2), "P50": 1, "P90": 2 - math.Sqrt(.2), "P95": 2 - math.Sqrt(.1), "mean": 1}
	for name, value := range truth {
		truth[name] = 20_000 + 1000*value
	}
	truth["sd"] = 1000 * math.Sqrt(1./6)
	return truth
}

func TestTwoUniformRangesAddUpToATriangle(t *testing.T) {
	got := statistics(t, printed(t, "simulate", scenarioFile(t, triangle), "--metric", "loss.total", "--format", "csv"))
	for name, want := range triangleTruth() {
		if s := got[name]; !(math.Abs(s.value-want) < 4*s.err && s.err > 0 && s.err < 4) {
			t.Errorf("%s = %v ± %v, want %v within 4 of that, and that less than 4", name, s.value, s.err, want)
		}
	}
}

// A normally distributed estimate lies within one standard error of the truth in 68.27%
// of all runs, and within two in 95.45%. Of a hundred runs the count is binomial: 68.3 ±
// √(100 × .6827 × .3173) = 4.7 and 95.4 ± 2.1. Four standard deviations to either side
// give 50 to 86, and 88 or more. If the stated errors were half as large, only 38.3%
// would lie within one and 68.3% within two. If they were twice as large, 95.4% would lie
// within one. All of these are outside the limits.
func TestTheStatedErrorCoversTheTruthAsOftenAsItClaims(t *testing.T) {
	const trials, seeds = "4000", 100
	path := scenarioFile(t, triangle)
	truth := triangleTruth()
	truth["chance"] = .75 * .75 / 2 // the chance that two uniform numbers from 0 to 1 add up to less than ¾
	within := map[string]*[2]int{}  // counts within one error, and within two
	for name := range truth {
		within[name] = new([2]int)
	}
	for seed := 1; seed <= seeds; seed++ {
		got := statistics(t, printed(t, "simulate", path, "--metric", "loss.total", "--gate", "loss.total <= 20750",
			"--trials", trials, "--seed", strconv.Itoa(seed), "--format", "csv"))
		for name, want := range truth {
			for i := range within[name] {
				if s := got[name]; math.Abs(s.value-want) <= float64(i+1)*s.err {
					within[name][i]++
				}
			}
		}
	}
	for name, count := range within {
		if one, two := count[0], count[1]; one < 50 || one > 86 || two < 88 {
			t.Errorf("of %d seeds the %s of %d lies within one stated error of %v, and of %d within two; want 50 to 86, and 88 or more", seeds, name, one, truth[name], two)
		}
	}
}

// simulate and a gate ask the same question.
func TestAGateIsJudgedByTheChanceThatSimulateReports(t *testing.T) {
	path := scenarioFile(t, "version: 1\ncustomer: {spend: 100 per year, years: 8..12}\n")
	for _, seed := range [...]string{"1", "7"} {
		told := statistics(t, printed(t, "simulate", path, "--metric", "lifetime.loss", "--gate", "lifetime.loss <= 1100", "--seed", seed, "--trials", "5000", "--format", "csv"))["chance"]
		var checked struct {
			Gates []struct{ Value, Limit float64 }
		}
		if err := json.Unmarshal(printed(t, "check", path, "--gate", "chance(lifetime.loss <= 1100) >= 50%", "--seed", seed, "--trials", "5000", "--format", "json"), &checked); err != nil {
			t.Fatal(err)
		}
		if len(checked.Gates) != 1 || checked.Gates[0].Value != told.value || checked.Gates[0].Limit != .5 || !(math.Abs(told.value-.75) < 4*told.err) {
			t.Errorf("with seed %s simulate tells the chance %v ± %v and check judges %+v; want the same, about ¾", seed, told.value, told.err, checked.Gates)
		}
	}
}

// Ctrl-C ends a long simulation, or waiting for records that do not come, at once with
// status 130, which shells use for interrupted programs, and without any results.
func TestCtrlCEndsARunAtOnceWithoutResults(t *testing.T) {
	page := filepath.Join(t.TempDir(), "page.html")
	for _, args := range [][]string{
		{"simulate", "cafe", "--metric", "loss.total", "--trials", "2000000000"},
		{"fit", "-", "--observed", "2026-01-01", "--format", "html=" + page, "--format", "table"},
	} {
		t.Run(args[0], func(t *testing.T) {
			t.Parallel()
			interrupt(t, args)
		})
	}
	t.Cleanup(func() {
		if _, err := os.Stat(page); err == nil {
			t.Errorf("fit was interrupted, and %s is there", page)
		}
	})
}

func interrupt(t *testing.T, args []string) {
	for _, wait := range [...]time.Duration{time.Second, 3 * time.Second, 9 * time.Second} {
		var stdout, stderr bytes.Buffer
		cmd := exec.Command("churncost", args...)
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		silent, err := cmd.StdinPipe() // from which nothing comes
		if err != nil {
			t.Fatal(err)
		}
		defer silent.Close()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(wait)
		if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		failed, ok := errors.AsType[*exec.ExitError](cmd.Wait())
		took := time.Since(begin)
		if !ok {
			t.Fatalf("churncost ends with status 0 and %q", &stdout)
		}
		if failed.ExitCode() < 0 {
			continue // on a slow machine the program may not be listening yet
		}
		const want = "churncost: error: interrupted: partial results are not shown\n"
		if failed.ExitCode() != statusInterrupted || stdout.Len() > 0 || stderr.String() != want || took > 2*time.Second {
			t.Errorf("after Ctrl-C churncost ends in %v with status %d, %q and %q; want at once %d, nothing and %q", took, failed.ExitCode(), &stdout, &stderr, statusInterrupted, want)
		}
		return
	}
	t.Error("churncost never listened to Ctrl-C")
}
