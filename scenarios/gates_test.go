package scenarios

import "testing"

func TestAcknowledgedKeysMustBeInputs(t *testing.T) {
	refuse(t, []badText{
		{"no list", "version: 1\nacknowledge: customer.spend\n",
			"2:14 acknowledge is a list of keys = write [complaints.speak_up]\n"},
		{"an input that does not exist", "version: 1\nacknowledge: [customer.spnd, customer.years, 3]\n",
			"2:15 unknown key \"customer.spnd\" = did you mean customer.spend?\n2:46 unknown key \"3\" = --help of a calculator lists its keys\n"},
	})
	s := accept(t, []byte("version: 1\nacknowledge: [word_of_mouth.tells]\n"))
	for key, want := range map[string]bool{"word_of_mouth.tells": true, "word_of_mouth.tells.2": true, "word_of_mouth.tellsome": false, "customer.spend": false} {
		if got := s.Acknowledges(key); got != want {
			t.Errorf("Acknowledges(%s) = %t, want %t", key, got, want)
		}
	}
}
