package scenarios

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/churncost/churncost/scenarios/syntax"
)

// misspelt has its mistake after a character of three bytes in UTF-8 and one beyond 16
// bits.
const misspelt = "version: 1\nname: 半棵生菜 🥬\ncustomer: {spend: 50 per week, yaers: 10}\n"

const misspeltWant = "3:32 unknown key \"customer.yaers\" = did you mean years?\n"

func inUTF16(text string, order binary.AppendByteOrder) []byte {
	data := order.AppendUint16(nil, 0xFEFF)
	for _, unit := range utf16.Encode([]rune(text)) {
		data = order.AppendUint16(data, unit)
	}
	return data
}

func TestEveryUsualEncodingIsReadWithTheRightLinesAndColumns(t *testing.T) {
	for claim, data := range map[string][]byte{
		"UTF-8":                                   []byte(misspelt),
		"UTF-8 with a byte order mark":            []byte("\xEF\xBB\xBF" + misspelt),
		"UTF-16, little end first":                inUTF16(misspelt, binary.LittleEndian),
		"UTF-16, big end first":                   inUTF16(misspelt, binary.BigEndian),
		"Windows line ends":                       []byte(strings.ReplaceAll(misspelt, "\n", "\r\n")),
		"old Macintosh line ends":                 []byte(strings.ReplaceAll(misspelt, "\n", "\r")),
		"Windows line ends, UTF-16":               inUTF16(strings.ReplaceAll(misspelt, "\n", "\r\n"), binary.LittleEndian),
		"Windows line ends and a byte order mark": []byte("\xEF\xBB\xBF" + strings.ReplaceAll(misspelt, "\n", "\r\n")),
	} {
		t.Run(claim, func(t *testing.T) {
			s, err := Read("mine.yaml", data, sampleVocabulary())
			if err == nil {
				t.Fatalf("Read(%q) is accepted as %+v", data, s)
			}
			if got := retell(err); got != misspeltWant {
				t.Errorf("Read(%q) finds\n%swant\n%s", data, got, misspeltWant)
			}
		})
	}
}

func TestTheLineOfAProblemIsShownWithoutItsLineEnd(t *testing.T) {
	for _, end := range []string{"\n", "\r\n", "\r"} {
		doc, problems := syntax.Decode("mine.yaml", []byte("version: 1"+end+"name: Mine"+end))
		if len(problems) > 0 {
			t.Fatalf("read with line ends %q finds %s", end, retell(problems))
		}
		if got := doc.Line(2); got != "name: Mine" {
			t.Errorf("line 2 with line ends %q is %q, want name: Mine", end, got)
		}
	}
}

func TestNamesMayBeInAnyScript(t *testing.T) {
	for _, name := range []string{"半棵生菜", "Ünïcødé", "חצי חסה", "🥬", "e\u0301", "\uFFFD"} {
		s := accept(t, []byte("version: 1\nname: "+name+"\n"))
		if s.Name != name {
			t.Errorf("name: %s reads as %q", name, s.Name)
		}
	}
}

func TestAFileThatIsNotTextIsRefused(t *testing.T) {
	const remedy = " = save the file as plain text in UTF-8\n"
	refuse(t, []badText{
		{"Latin 1", "version: 1\nname: Caf\xE9\n", "2:10 not text in UTF-8 from here on" + remedy},
		{"a surrogate written in UTF-8", "version: 1\nname: \xED\xA0\x80\n", "2:7 not text in UTF-8 from here on" + remedy},
		{"an overlong encoding", "version: 1\nname: \xC0\x80\n", "2:7 not text in UTF-8 from here on" + remedy},
		{"UTF-16 with half a character at the end", string(inUTF16("version: 1\n", binary.LittleEndian)) + "n", "2:1 not text in UTF-8 from here on" + remedy},
		{"UTF-16 with half a pair", "\xFE\xFF\x00a\xD8\x3E\x00b", "1:2 not text in UTF-8 from here on" + remedy},
		{"UTF-16 that ends in half a pair", "\xFE\xFF\x00a\xD8\x3E", "1:2 not text in UTF-8 from here on" + remedy},
		{"UTF-16 with the halves of a pair changed about", "\xFE\xFF\x00a\xDD\x6C\xD8\x3E", "1:2 not text in UTF-8 from here on" + remedy},
	})
}

func TestInvisibleCharactersAreRefusedEverywhere(t *testing.T) {
	const remedy = " = remove it, and save the file as plain text in UTF-8\n"
	refuse(t, []badText{
		{"a bell in a name", "version: 1\nname: Mi\ane\n", "2:9 an invisible character, U+0007" + remedy},
		{"an escape in a comment", "# \x1b[31m\nversion: 1\n", "1:3 an invisible character, U+001B" + remedy},
		{"a delete", "version: 1\nname: Mine\x7f\n", "2:11 an invisible character, U+007F" + remedy},
		{"a control character beyond ASCII", "version: 1\nname: Mine\u0085\n", "2:11 an invisible character, U+0085" + remedy},
		{"a right-to-left override", "version: 1\nname: Mine\u202e\n", "2:11 an invisible character, U+202E" + remedy},
		{"a right-to-left isolate", "version: 1\nname: \u2067Mine\n", "2:7 an invisible character, U+2067" + remedy},
		{"a right-to-left mark", "version: 1\nname: Mine\u200f\n", "2:11 an invisible character, U+200F" + remedy},
		{"an Arabic letter mark", "version: 1\nname: Mine\u061c\n", "2:11 an invisible character, U+061C" + remedy},
		{"a line separator", "version: 1\nname: Mi\u2028ne\n", "2:9 an invisible character, U+2028" + remedy},
		{"a second byte order mark", "\uFEFF\uFEFFversion: 1\n", "1:1 an invisible character, U+FEFF" + remedy},
		{"a code that is not a character", "version: 1\nname: \uFFFF\n", "2:7 an invisible character, U+FFFF" + remedy},
		{"several of them, all reported", "version: 1\nname: \u202eMine\u202c\n# \a\n",
			"2:7 an invisible character, U+202E" + remedy + "2:12 an invisible character, U+202C" + remedy + "3:3 an invisible character, U+0007" + remedy},
		{"UTF-16 without a byte order mark", "v\x00e\x00", "1:2 an invisible character, U+0000" + remedy + "1:4 an invisible character, U+0000" + remedy},
	})
}

func TestABinaryFileGivesAtMostAHundredProblems(t *testing.T) {
	_, problems := syntax.Decode("mine.yaml", make([]byte, 5000))
	if len(problems) != 100 {
		t.Errorf("read of 5,000 zero bytes finds %d problems, want 100", len(problems))
	}
}

func TestInvisibleCharactersAreRefusedWhenWrittenAsCodes(t *testing.T) {
	refuse(t, []badText{
		{"an override in a name", `
version: 1
name: "Mine\u202e"
`, `
2:7 name holds an invisible character, U+202E = remove it
`},
		{"a bell in a gate", `
version: 1
gates:
  - "\a"
`, `
3:5 a gate holds an invisible character, U+0007 = remove it
`},
		{"a line feed in a source", `
version: 1
word_of_mouth:
  leave: {value: 25%, source: "exit\nsurvey"}
`, `
3:31 source has several lines = write it in one line
`},
		{"an escape in a key", `
version: 1
"cust\eomer": 3
`, "2:1 unknown key \"cust\uFFFDomer\" = did you mean customer?\n"},
		{"an escape in a choice", `
version: 1
customer:
  paid: "\e[31mstart"
`, `
3:9 customer.paid holds an invisible character, U+001B = remove it
`},
		{"an escape in a list that is none", `
version: 1
word_of_mouth:
  tells: "1\e1"
`, "3:10 word_of_mouth.tells is a list = write it in brackets, with commas, such as [11, 5]\n"},
	})
}
