// Churncost answers what one lost customer costs.
package main

import (
	"os"

	"github.com/churncost/churncost/cmd"
)

func main() { os.Exit(cmd.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
