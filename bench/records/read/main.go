// Read reads records of customers, and prints the life table of all of them: what fit does
// before it fits.
//
//	read customers.csv 2026-01-01
package main

import (
	"fmt"
	"os"

	"github.com/churncost/churncost/scenarios/records"
)

func main() {
	if err := read(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "read:", err)
		os.Exit(1)
	}
}

func read(name, observed string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	r, err := records.Read(file, records.Options{Name: name, Observed: observed, MinCell: 10})
	if err != nil {
		return err
	}
	fmt.Println("segment,tenure,at_risk,lost,spend_at_risk,spend_lost,active,spend_active,lost_last_year,active_a_year_ago")
	for _, s := range r.Segments {
		for _, row := range s.LifeTable {
			fmt.Printf("%s,%d,%d,%d,%d,%d,%d,%d,%d,%d\n", s.Name, row.Tenure, row.AtRisk, row.Lost, row.SpendAtRisk, row.SpendLost, row.Active, row.SpendActive, row.LostLastYear, row.ActiveAYearAgo)
		}
	}
	return nil
}
