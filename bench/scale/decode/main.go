// Decode is the bare loop that bench/scale compares churncost with: it reads the same
// files, decodes each into a struct, and does nothing else.
package main

import (
	"fmt"
	"os"

	"gopkg.in/yaml.v3"
)

// A scenario has a field for each key of the files that bench/scale writes.
type scenario struct {
	Version  int
	Name     string
	Currency string
	Customer struct {
		Spend, Years, Margin, Retention, Discount, Paid string
		ReplacedAfter                                   string `yaml:"replaced_after"`
	}
	Company struct {
		Customers float64
		Churn     string
	}
	Programme struct {
		Cost       float64
		ChurnAfter string `yaml:"churn_after"`
	}
	Acquisition struct {
		WinCost   float64 `yaml:"win_cost"`
		KeepCost  float64 `yaml:"keep_cost"`
		RampYears float64 `yaml:"ramp_years"`
	}
	WordOfMouth struct {
		Tells                                 []float64
		Leave                                 struct{ Value, Source, Owner string }
		Rule, Talkers, Buyers, Value, Overlap string
	} `yaml:"word_of_mouth"`
	Winback struct {
		Active, Lapsed, Prospect string
		OfferCost                float64 `yaml:"offer_cost"`
		PaidTo                   string  `yaml:"paid_to"`
		Lost                     float64
		SecondLife               struct {
			Spend     string
			Years     float64
			RampYears float64 `yaml:"ramp_years"`
		} `yaml:"second_life"`
		ReturnsAnyway string `yaml:"returns_anyway"`
	}
	Referrals struct {
		Promoters, Convert, Anyway string
		Words                      float64
	}
	Gates []string
}

func main() {
	gates := 0
	for _, name := range os.Args[1:] {
		data, err := os.ReadFile(name)
		var s scenario
		if err == nil {
			err = yaml.Unmarshal(data, &s)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "decode:", err)
			os.Exit(1)
		}
		gates += len(s.Gates)
	}
	fmt.Println(gates)
}
