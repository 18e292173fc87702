//go:build linux

// Records measures the time and memory of reading customers one by one, and compares it
// with DuckDB and the query of churncost sql:
//
//	npm install --prefix DIR @duckdb/node-api
//	go run ./bench/records -modules DIR/node_modules
//
// It writes a file of generated customers, and runs whole programs in turn: DuckDB in Node;
// read, which prints the life table that fit begins with; and fit itself. Processor seconds
// and peak memory are those that Linux reports. The tables of the first two must be the
// same to the last digit.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/churncost/churncost/bench/internal/release"
	"github.com/churncost/churncost/internal/recordtest"
	"github.com/churncost/churncost/scenarios/records"
	"github.com/churncost/churncost/scenarios/records/query"
)

// The targets.
const (
	mostOfDuckDB = .30 // of its processor time
	mostMemory   = 12  // MB to read any number of customers
)

func main() {
	rounds := flag.Int("n", 3, "how often each program is run")
	customers := flag.Int("customers", 10_000_000, "how many customers there are")
	modules := flag.String("modules", "node_modules", "the folder that has @duckdb/node-api")
	node := flag.String("node", "node", "the Node to run it with")
	flag.Parse()
	if err := measure(*rounds, *customers, *modules, *node); err != nil {
		fmt.Fprintln(os.Stderr, "records:", err)
		os.Exit(1)
	}
}

func measure(rounds, customers int, modules, node string) error {
	if rounds < 1 {
		return errors.New("-n is at least 1")
	}
	folder, err := os.MkdirTemp("", "records")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	file, read, churncost := filepath.Join(folder, "customers.csv"), filepath.Join(folder, "read"), filepath.Join(folder, "churncost")
	if err := errors.Join(write(file, customers), release.Build("./bench/records/read", read), release.Build("./cmd/churncost", churncost)); err != nil {
		return err
	}
	const observed = "2026-01-01"
	lifeTable, err := query.Write(query.Options{
		Query: records.LifeTable, From: fmt.Sprintf("read_csv('%s')", file), Observed: observed, Period: "month", Segment: "segment", MinCell: 10, Currency: "USD",
	})
	if err != nil {
		return err
	}
	if modules, err = filepath.Abs(modules); err != nil {
		return err
	}
	programs := []*release.Program{
		{Name: "DuckDB", Args: []string{node, "bench/records/life-table.cjs"}, Input: lifeTable, Env: append(os.Environ(), "NODE_PATH="+modules)},
		{Name: "reading", Args: []string{read, file, observed}},
		{Name: "churncost fit", Args: []string{churncost, "fit", file, "--observed", observed, "--format", "scenario"}},
	}
	fmt.Printf("%d customers, %d cores, %d rounds; medians, with the least and the most\n", customers, runtime.NumCPU(), rounds)
	tables := make([][]byte, len(programs))
	for round := range rounds {
		for i := range programs {
			which := (round + i) % len(programs)
			if tables[which], err = programs[which].Run(); err != nil {
				return fmt.Errorf("%s: %w", programs[which].Name, err)
			}
		}
		if !bytes.Equal(tables[0], tables[1]) {
			return fmt.Errorf("DuckDB prints the table\n%s\nand read\n%s", tables[0], tables[1])
		}
	}
	tell(programs[0], programs[1], programs[2])
	return nil
}

// write writes the customers of a generated firm.
func write(name string, customers int) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	_, err = recordtest.Sample(customers).Write(file)
	return errors.Join(err, file.Close())
}

// tell prints the measurements.
func tell(duckDB, reading, fit *release.Program) {
	fmt.Printf("\n%-14s %24s  %24s  %9s\n", "", "seconds", "processor seconds", "peak")
	for _, p := range []*release.Program{duckDB, reading, fit} {
		wall, processor, memory := p.Wall(), p.Processor(), p.Memory()
		fmt.Printf("%-14s %6.2f (%6.2f to %6.2f)  %6.2f (%6.2f to %6.2f)  %6.1f MB\n", p.Name, release.Median(wall), wall[0], wall[len(wall)-1],
			release.Median(processor), processor[0], processor[len(processor)-1], memory[len(memory)-1])
	}
	for _, p := range []*release.Program{reading, fit} {
		ratio := release.Median(p.Processor()) / release.Median(duckDB.Processor())
		fmt.Printf("%s ÷ DuckDB = %.3f in processor seconds, aimed at: at most %.2f%s\n", p.Name, ratio, mostOfDuckDB, release.Missed(ratio <= mostOfDuckDB))
	}
	peak := slices.Max(reading.Memory())
	fmt.Printf("reading takes %.1f MB at the peak, aimed at: at most %d MB%s\n", peak, mostMemory, release.Missed(peak <= mostMemory))
}
