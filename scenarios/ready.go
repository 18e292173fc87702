package scenarios

import (
	"fmt"
	"strings"

	"github.com/churncost/churncost/calc/evidence"
)

// A readyList is a list of reasons in the starter, without shares. The user fills in the
// shares.
type readyList struct {
	heading string // its source, and what to do with it
	classes []readyClass
}

// A readyClass holds the reasons of one class.
type readyClass struct {
	name    string
	fixable string // as a scenario writes it; empty if the user fills it in
	reasons []string
}

// readyReasons returns the two lists of the original texts. Of the fifteen causes only
// the number and the classes are known. Their names, and how many are in each class, are
// ours.
func readyReasons() []readyList {
	sins, causes := evidence.Sins, evidence.ComplaintCauses
	return []readyList{
		{fmt.Sprintf(`Ten sins follow, three of value, four of system and three of staff, as the
reading notes 客服圣经读后感 class them. Which ten is taken, and shortened, from
%s, %s, %d,
whose classes hold three, four and three as well (churncost sources %s).
Under reasons: take the # away from those you have, and write each one's share of the
lost before its }, such as share: 10%%}. Together the shares may not pass 100%%.
`, sins.Author, sins.Title, sins.Year, sins.Key), []readyClass{
			{"value", "", []string{"poor guarantee", "quality below what was expected", "price too high for the value"}},
			{"system", "", []string{"slow service", "dirty or cluttered place", "small selection", "inconvenient place or parking"}},
			{"staff", "", []string{"no courtesy or attention", "staff lack knowledge", "appearance of the staff"}},
		}},
		{fmt.Sprintf(`Fifteen causes of complaints follow in the same way, after
%s.
That there are fifteen, in these four classes, of which the last two cannot be fixed,
is the slides'. Their names, and how many are in each class, are ours: the slides'
own list was not at hand (churncost sources %s).
`, causes.Met, causes.Key), []readyClass{
			{"service", "", []string{"unfriendly reception", "too long a wait", "not ready on the day promised", "work not done right the first time", "bill higher than was said", "complaint left unanswered"}},
			{"product", "", []string{"faulty from the start", "wears out too soon", "parts not to be had", "guarantee refused"}},
			{"the customer", "0%", []string{"expected what nobody promised", "used it wrongly", "needs it no longer"}},
			{"the outside", "0%", []string{"a rival's offer", "a change of the law"}},
		}},
	}
}

// write writes the list, commented out, below a list of reasons that is commented out
// too.
func (l readyList) write(b *strings.Builder, indent string) {
	fmt.Fprintf(b, "%s#\n", indent)
	for line := range strings.Lines(l.heading) {
		fmt.Fprintf(b, "%s# %s", indent, line)
	}
	for _, class := range l.classes {
		fixable := ""
		if class.fixable != "" {
			fixable = "fixable: " + class.fixable + ", "
		}
		for _, reason := range class.reasons {
			fmt.Fprintf(b, "%s#   - {name: %s, class: %s, %sshare: }\n", indent, reason, class.name, fixable)
		}
	}
}
