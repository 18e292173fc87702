// Package satisfaction computes how many customers buy again, by whether they are
// satisfied with the product and with the service.
//
//	repurchase    = Σ cell × R                              over the four cells
//	lost share    = 1 − repurchase
//	gap           = perceived − expected
//	service point = 1 % × u × (φ (R both − R product) + (1 − φ)(R service − R neither))
//	product point = 1 % × u × (ψ (R both − R service) + (1 − ψ)(R product − R neither))
//	φ             = product only ÷ (product only + neither)
//	ψ             = service only ÷ (service only + neither)
//
// R is the share of a cell's customers who buy again, u what losing a customer costs
// (package customer). One more point satisfied with the service comes from those who
// are not, of whom the share φ likes the product. That satisfaction is perceived less
// expected service is from the founding text (如何創造顧客滿意及業務處理). Of its 3R,
// recommend, revisit and repurchase, this is the last.
package satisfaction

import (
	"math"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/customer"
	"github.com/churncost/churncost/calc/evidence"
	"github.com/churncost/churncost/calc/quantity"
)

// Inputs are who is satisfied, who buys again, and what a customer is worth.
type Inputs struct {
	Independent bool // whether the two shares are given, else the cells are
	Product     float64
	Service     float64
	ByCell      bool
	Cells       Cells

	Repurchase Cells // share who buy again, by cell; Neither included

	Perceived float64 // score; NaN where not given
	Expected  float64 // score; NaN where not given

	Valued   bool // whether the customer is given
	Customer customer.Inputs
}

// Cells are four shares: of those satisfied with both, with the service only, with
// the product only, with neither.
type Cells struct{ Both, Service, Product, Neither float64 }

// Result is how many buy again, and what one more point is worth. What needs a
// customer's value is NaN where no customer is given.
type Result struct {
	*Inputs
	Shares       Cells
	Bought       float64 // share who buy again
	Gap          float64 // score
	Loss         float64 // u, money
	Phi          float64 // φ, share of those not satisfied with the service
	Psi          float64 // ψ, share of those not satisfied with the product
	ServicePoint float64 // money a customer; NaN where nobody is left to win
	ProductPoint float64 // money a customer; NaN where nobody is left to win
}

// onePoint is one point of a share.
const onePoint = 1. / 100

// Ask asks who is satisfied, in one of two ways, who buys again, and for the customer.
func (in *Inputs) Ask(ask *calc.Form) {
	ask.Either(&in.Independent, in.askShares, &in.ByCell, in.Cells.askCells)
	const again = "share who buy again of those satisfied with "
	ask.Share(&in.Repurchase.Both, "satisfaction.repurchase.both", again+"product and service", calc.Benchmark(evidence.RepurchaseBoth))
	ask.Share(&in.Repurchase.Service, "satisfaction.repurchase.service", again+"the service only", calc.Benchmark(evidence.RepurchaseService))
	ask.Share(&in.Repurchase.Product, "satisfaction.repurchase.product", again+"the product only", calc.Benchmark(evidence.RepurchaseProduct))
	ask.Share(&in.Repurchase.Neither, "satisfaction.repurchase.neither", again+"neither", calc.Benchmark(evidence.RepurchaseNeither))
	ask.Score(&in.Perceived, "satisfaction.perceived", "service as perceived, on a scale of your own", calc.Optional)
	ask.Score(&in.Expected, "satisfaction.expected", "service as expected, on the same scale", calc.Optional)
	ask.Part(&in.Valued, in.Customer.Ask)
}

func (in *Inputs) askShares(ask *calc.Form) {
	ask.Share(&in.Product, "satisfaction.product", "share satisfied with the product, independent of the service")
	ask.Share(&in.Service, "satisfaction.service", "share satisfied with the service, independent of the product")
}

func (c *Cells) askCells(ask *calc.Form) {
	const of = "share satisfied with "
	ask.Share(&c.Both, "satisfaction.cells.both", of+"product and service", calc.Precise)
	ask.Share(&c.Service, "satisfaction.cells.service", of+"the service only", calc.Precise)
	ask.Share(&c.Product, "satisfaction.cells.product", of+"the product only; neither is what remains", calc.Precise)
}

// Compute applies the formulas of the package comment. It refuses cells that add up to
// more than 100 %, and a lifetime that never ends.
func Compute(in *Inputs, r *Result) error {
	r.Inputs, r.Shares, r.Gap = in, in.shares(), in.Perceived-in.Expected
	if r.Shares.Neither < -tolerance {
		return calc.Wrong("satisfaction.cells.both", "the cells add up to more than 100%%")
	}
	r.Loss = math.NaN()
	if in.Valued {
		if err := in.Customer.Check(); err != nil {
			return err
		}
		r.Loss = in.Customer.Worth().Loss
	}
	s, b := &r.Shares, &in.Repurchase
	r.Bought = s.Both*b.Both + s.Service*b.Service + s.Product*b.Product + s.Neither*b.Neither
	r.Phi = s.Product / (s.Product + s.Neither) // NaN where all are satisfied with the service
	r.Psi = s.Service / (s.Service + s.Neither)
	r.ServicePoint = onePoint * r.Loss * (r.Phi*(b.Both-b.Product) + (1-r.Phi)*(b.Service-b.Neither))
	r.ProductPoint = onePoint * r.Loss * (r.Psi*(b.Both-b.Service) + (1-r.Psi)*(b.Product-b.Neither))
	return nil
}

// tolerance is by how much cells may exceed 100 % because binary fractions are
// rounded.
const tolerance = 1e-9

// shares are the four cells, which add up to one.
func (in *Inputs) shares() Cells {
	if in.ByCell {
		c := in.Cells
		c.Neither = 1 - c.Both - c.Service - c.Product
		if math.Abs(c.Neither) < tolerance {
			c.Neither = 0
		}
		return c
	}
	p, s := in.Product, in.Service
	return Cells{Both: p * s, Service: (1 - p) * s, Product: p * (1 - s), Neither: (1 - p) * (1 - s)}
}

// Tell reports how many buy again, cell by cell, and what a point is worth.
func (r *Result) Tell(tell *calc.Report) {
	const spend, years = "customer.spend", "customer.years"
	tell.Answer("{satisfaction.repurchase} of the customers buy again")
	tell.Share("satisfaction.repurchase", "Buy again", r.Bought).From("each cell's share × its share who buy again")
	tell.Share("satisfaction.lost_share", "Do not buy again", 1-r.Bought).From("100% − {satisfaction.repurchase}")
	tell.Score("satisfaction.gap", "Service gap", r.Gap).From("{satisfaction.perceived} perceived − {satisfaction.expected} expected").Needs("satisfaction.perceived", "satisfaction.expected")
	tell.Money("satisfaction.worth.service_point", "Value of one more point satisfied with the service", r.ServicePoint).
		From("1% × {1 money} × ({2 share} × ({satisfaction.repurchase.both} − {satisfaction.repurchase.product}) + {3 share} × ({satisfaction.repurchase.service} − {satisfaction.repurchase.neither}))", r.Loss, r.Phi, 1-r.Phi).
		Caveat("of each customer, over all customers").Needs(spend, years).AbsentBecause("everybody is satisfied with the service").Compare(evidence.ServiceToProduct)
	tell.Money("satisfaction.worth.product_point", "Value of one more point satisfied with the product", r.ProductPoint).
		From("1% × {1 money} × ({2 share} × ({satisfaction.repurchase.both} − {satisfaction.repurchase.service}) + {3 share} × ({satisfaction.repurchase.product} − {satisfaction.repurchase.neither}))", r.Loss, r.Psi, 1-r.Psi).
		Caveat("of each customer, over all customers").Needs(spend, years).AbsentBecause("everybody is satisfied with the product")
	tell.Table("cells", func(t *calc.Table) {
		t.Col("satisfied with", quantity.Word).Col("customers", quantity.Share).Col("buy again", quantity.Share).Col("of all customers", quantity.Share)
		s, b := &r.Shares, &r.Repurchase
		row := func(name string, share, back float64) {
			t.Row(calc.Words(name), calc.Number(share), calc.Number(back), calc.Number(share*back))
		}
		row("product and service", s.Both, b.Both)
		row("service only", s.Service, b.Service)
		row("product only", s.Product, b.Product)
		row("neither", s.Neither, b.Neither)
	})
}

// Warn adds what readers should know.
func (r *Result) Warn(tell *calc.Report) {
	tell.Remark(r.Independent, "satisfaction.product", "being satisfied with the product and with the service is taken as independent; satisfaction.cells says how many are satisfied with both")
}
