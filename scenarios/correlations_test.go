package scenarios

import "testing"

func TestWrongCorrelationsAreRefused(t *testing.T) {
	const remedy = " = write {between: [customer.spend, customer.years], rank: 0.4}\n"
	refuse(t, []badText{
		{"no list", "version: 1\ncorrelations: {rank: 0.4}\n",
			"2:15 correlations is a list = begin each correlation with a dash\n"},
		{"no keys", "version: 1\ncorrelations:\n  - 0.4\n",
			"3:5 a correlation holds between: and rank:" + remedy},
		{"missing keys are reported beside other errors", "version: 1\nnome: Mine\ncorrelations:\n  - {between: [customer.spend, customer.years]}\n  - {rank: 0.4}\n",
			"2:1 unknown key \"nome\" = did you mean name?\n4:5 a correlation holds between: and rank:" + remedy + "5:5 a correlation holds between: and rank:" + remedy},
		{"a misspelt key", "version: 1\ncorrelations:\n  - {between: [customer.spend, customer.years], rnak: 0.4}\n",
			"3:49 unknown key \"rnak\" = did you mean rank?\n"},
		{"more than one, in points, and no number", `
version: 1
correlations:
  - {between: [customer.spend, customer.years], rank: 1.1}
  - {between: [customer.spend, customer.years], rank: 40pp}
  - {between: [customer.spend, customer.years], rank: strong}
`, `
3:55 "1.1" is not a correlation = write a number from -1 to 1
4:55 "40pp" is not a correlation = write a number from -1 to 1
5:55 "strong" is not a correlation = write a number from -1 to 1
`},
		{"one input, three inputs, and the same input twice", `
version: 1
correlations:
  - {between: customer.spend, rank: 0.4}
  - {between: [customer.spend, customer.years, customer.margin], rank: 0.4}
  - {between: [customer.spend, customer.spend], rank: 0.4}
`, `
3:15 a correlation is between two inputs = write [customer.spend, customer.years]
4:15 a correlation is between two inputs = write [customer.spend, customer.years]
5:15 an input cannot be correlated with itself = name two inputs
`},
		{"an input that does not exist", "version: 1\ncorrelations:\n  - {between: [customer.spnd, customer.years], rank: 0.4}\n",
			"3:16 unknown key \"customer.spnd\" = did you mean customer.spend?\n"},
	})
}

// A schema cannot check these.
func TestACorrelationIsBetweenTwoNumbersOnce(t *testing.T) {
	for _, c := range []struct{ items, want string }{
		{"{between: [customer.spend, customer.years], rank: 0.4}\n  - {between: [customer.years, customer.spend], rank: 0.5}",
			"4:5 the correlation between customer.years and customer.spend is given twice = remove one of them\n"},
		{"{between: [word_of_mouth.tells, customer.years], rank: 0.4}",
			"3:16 word_of_mouth.tells is a list = name an element of it, such as word_of_mouth.tells.1\n"},
		{"{between: [customer.years, word_of_mouth.rule], rank: 0.4}",
			"3:32 word_of_mouth.rule cannot be a range = name an input that can be one\n"},
		{"{between: [customer.spnd, word_of_mouth.rule], rank: 0.4}",
			"3:16 unknown key \"customer.spnd\" = did you mean customer.spend?\n3:31 word_of_mouth.rule cannot be a range = name an input that can be one\n"},
	} {
		text := "version: 1\ncorrelations:\n  - " + c.items + "\n"
		_, err := Read("mine.yaml", []byte(text), sampleVocabulary())
		if got := retell(err); got != c.want {
			t.Errorf("Read(%q) finds\n%swant\n%s", text, got, c.want)
		}
	}
}

func TestACorrelationMayNameElementsOfLists(t *testing.T) {
	s := accept(t, []byte("version: 1\ncorrelations:\n  - {between: [word_of_mouth.tells.1, customer.years], rank: -1}\n"))
	want := [2]string{"word_of_mouth.tells.1", "customer.years"}
	if len(s.Correlations) != 1 || s.Correlations[0].Keys != want || s.Correlations[0].Rank != -1 {
		t.Errorf("the correlations are %+v, want one of %v with rank -1", s.Correlations, want)
	}
}
