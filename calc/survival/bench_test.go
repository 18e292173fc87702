package survival

import (
	"strconv"
	"testing"
)

// BenchmarkFit shows that the time of a fit is in proportion to the periods. It aims at
// 10 µs for 8 periods.
func BenchmarkFit(b *testing.B) {
	truth := Model{Tail: SBG, Alpha: 0.668, Beta: 3.806}
	for _, periods := range []int{8, 24, 120} {
		survivors := []float64{1e6}
		for t := 1; t <= periods; t++ {
			survivors = append(survivors, 1e6*truth.Survival(float64(t)))
		}
		table := cohort(survivors...)
		for _, tail := range []Tail{SBG, BdW, Auto} {
			b.Run(strconv.Itoa(periods)+"/"+string(tail), func(b *testing.B) {
				var s Scratch
				var c Curve
				b.ReportAllocs()
				for b.Loop() {
					if err := s.Fit(table, tail, &c); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkSum is the endless tail of one customer.
func BenchmarkSum(b *testing.B) {
	for _, m := range []Model{{Tail: SBG, Alpha: 0.668, Beta: 3.806}, {Tail: BdW, Alpha: 0.26, Beta: 1.72, Shape: 1.58}} {
		b.Run(string(m.Tail), func(b *testing.B) {
			for b.Loop() {
				m.Sum(8, 1, 1/1.1)
			}
		})
	}
}
