// Records writes records of a firm's customers whose truth is known:
//
//	go run ./internal/recordtest/records -n 10000000 > customers.csv
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/churncost/churncost/internal/recordtest"
)

func main() {
	customers := flag.Int("n", 1000, "how many customers")
	invoices := flag.Bool("invoices", false, "write customer, month, amount instead")
	flag.Parse()
	firm := recordtest.Sample(*customers)
	write := func() error { _, err := firm.Write(os.Stdout); return err }
	if *invoices {
		write = func() error { return firm.Invoices(os.Stdout) }
	}
	err := write()
	if err != nil {
		fmt.Fprintln(os.Stderr, "records:", err)
		os.Exit(1)
	}
}
