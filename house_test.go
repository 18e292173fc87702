package churncost_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"math"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc"
	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/calc/evidence"
	"github.com/churncost/churncost/scenarios"
)

// The house rules, as far as a program can judge them. What they ask of the
// code is read off its syntax; nothing is built.

const module = "github.com/churncost/churncost"

// A room is one package: its folder, and its files without the tests.
type room struct {
	folder string // calc/loss
	files  []*ast.File
	info   *types.Info
	types  *types.Package
}

// A house is all packages below cmd, scenarios and calc.
type house struct {
	positions *token.FileSet
	rooms     []*room
	foreign   map[string]*types.Package
}

// openHouse parses every package, and resolves what the names in it stand for as far
// as that can be told from this module alone.
func openHouse(t *testing.T) *house {
	t.Helper()
	h := &house{positions: token.NewFileSet(), foreign: map[string]*types.Package{}}
	for _, floor := range []string{"calc", "scenarios", "cmd"} {
		err := filepath.WalkDir(floor, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.IsDir() {
				return err
			}
			if entry.Name() == "testdata" {
				return filepath.SkipDir
			}
			return h.enter(filepath.ToSlash(name))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range h.rooms {
		h.resolve(r)
	}
	return h
}

// enter parses the files of one folder.
func (h *house) enter(folder string) error {
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return err
	}
	r := &room{folder: folder}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(h.positions, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		r.files = append(r.files, file)
	}
	if len(r.files) > 0 {
		h.rooms = append(h.rooms, r)
	}
	return nil
}

// resolve finds what the names in a room stand for. What comes from outside the
// module stays unknown, and is no error.
func (h *house) resolve(r *room) {
	if r.types != nil {
		return
	}
	r.info = &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: h, Error: func(error) {}}
	r.types, _ = config.Check(module+"/"+r.folder, h.positions, r.files, r.info)
}

// Import gives a package of the module, or an empty one in the place of any other.
func (h *house) Import(name string) (*types.Package, error) {
	for _, r := range h.rooms {
		if module+"/"+r.folder == name {
			h.resolve(r)
			return r.types, nil
		}
	}
	if h.foreign[name] == nil {
		last := path.Base(name)
		if version.MatchString(last) {
			last = path.Base(path.Dir(name))
		}
		h.foreign[name] = types.NewPackage(name, strings.TrimPrefix(dotVersion.ReplaceAllString(last, ""), "go-"))
		h.foreign[name].MarkComplete()
	}
	return h.foreign[name], nil
}

var (
	version    = regexp.MustCompile(`^v[0-9]+$`)
	dotVersion = regexp.MustCompile(`\.v[0-9]+$`)
)

// at is where a node stands.
func (h *house) at(n ast.Node) string { return h.positions.Position(n.Pos()).String() }

// within calls f for every node of the rooms whose folder begins with one of the
// names.
func (h *house) within(f func(*room, ast.Node), names ...string) {
	for _, r := range h.rooms {
		if !r.below(names...) {
			continue
		}
		for _, file := range r.files {
			ast.Inspect(file, func(n ast.Node) bool {
				if n != nil {
					f(r, n)
				}
				return true
			})
		}
	}
}

func (r *room) below(folders ...string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return r.folder == f || strings.HasPrefix(r.folder, f+"/") })
}

// imports lists what a room imports.
func (r *room) imports() []string {
	var all []string
	for _, file := range r.files {
		for _, spec := range file.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			all = append(all, name)
		}
	}
	return all
}

// notCalculators are the folders of calc that are neither a calculator nor a
// block that calculators share.
var notCalculators = []string{"calc/evidence", "calc/gate", "calc/whatif", "calc/catalog"}

// calculators lists the folders of the calculators.
func calculators() []string {
	var folders []string
	for _, c := range catalog.All() {
		folders = append(folders, "calc/"+c.Name)
	}
	return folders
}

// blocks lists the folders of what calculators share.
func (h *house) blocks() []string {
	var folders []string
	for _, r := range h.rooms {
		if strings.HasPrefix(r.folder, "calc/") && !r.below(notCalculators...) && !r.below(calculators()...) {
			folders = append(folders, r.folder)
		}
	}
	return folders
}

// The whole house is found: a test that looks at nothing finds nothing wrong.
func TestTheHouseIsTheOneThatIsBuilt(t *testing.T) {
	h := openHouse(t)
	for _, folder := range append(calculators(), "calc", "calc/customer", "calc/wordofmouth", "calc/evidence", "calc/catalog", "scenarios", "cmd", "cmd/churncost", "cmd/render") {
		if !slices.ContainsFunc(h.rooms, func(r *room) bool { return r.folder == folder }) {
			t.Errorf("no package is found in %s", folder)
		}
	}
}

func TestImportsOnlyPointDown(t *testing.T) {
	h := openHouse(t)
	height := map[string]int{"calc": 0, "scenarios": 1, "cmd": 2}
	for _, r := range h.rooms {
		floor, _, _ := strings.Cut(r.folder, "/")
		for _, name := range r.imports() {
			inside, found := strings.CutPrefix(name, module+"/")
			if !found {
				continue
			}
			if target, _, _ := strings.Cut(inside, "/"); height[target] > height[floor] {
				t.Errorf("%s imports %s, which stands above it", r.folder, inside)
			}
		}
	}
}

// Curves are fitted in whatif too; gonum is for nothing else.
func TestWhatTheNumbersMeanNeedsTheStandardLibraryAndNoWorldOutside(t *testing.T) {
	h := openHouse(t)
	outside := regexp.MustCompile(`^(os|io/fs|io/ioutil|path/filepath|time|log|net|embed|syscall|testing)(/.*)?$`)
	for _, r := range h.rooms {
		if !r.below("calc") {
			continue
		}
		for _, name := range r.imports() {
			first, _, _ := strings.Cut(name, "/")
			switch {
			case strings.HasPrefix(name, module+"/"):
			case strings.HasPrefix(name, "gonum.org/v1/gonum/") && r.below("calc/whatif"):
			case strings.Contains(first, "."):
				t.Errorf("%s imports %s, which is not in the standard library", r.folder, name)
			case outside.MatchString(name):
				t.Errorf("%s imports %s: nothing below calc reads a file, a clock or a network", r.folder, name)
			}
		}
	}
	h.within(func(_ *room, n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return
		}
		if s, ok := call.Fun.(*ast.SelectorExpr); ok && isName(s.X, "fmt") && strings.HasPrefix(s.Sel.Name, "Print") {
			t.Errorf("%s: calc prints", h.at(n))
		}
		if isName(call.Fun, "print") || isName(call.Fun, "println") {
			t.Errorf("%s: calc prints", h.at(n))
		}
	}, "calc")
}

func isName(n ast.Expr, name string) bool {
	ident, ok := n.(*ast.Ident)
	return ok && ident.Name == name
}

func TestACalculatorImportsBlocksAndOnlyARoofImportsCalculators(t *testing.T) {
	h := openHouse(t)
	blocks := h.blocks()
	for _, r := range h.rooms {
		if !strings.HasPrefix(r.folder, "calc") || r.folder == "calc/catalog" {
			continue
		}
		isCalculator, isBlock := slices.Contains(calculators(), r.folder), slices.Contains(blocks, r.folder)
		for _, name := range r.imports() {
			target, found := strings.CutPrefix(name, module+"/")
			switch {
			case !found || slices.Contains([]string{"calc/loss", "calc/consistency"}, r.folder) && slices.Contains(calculators(), target):
			case slices.Contains(calculators(), target):
				t.Errorf("%s imports the calculator %s; what they share belongs into a block", r.folder, target)
			case r.folder == "calc":
				t.Errorf("calc imports %s, which rests on it", target)
			case (isCalculator || isBlock) && target != "calc" && target != "calc/evidence" && !slices.Contains(blocks, target):
				t.Errorf("%s imports %s, which is no block", r.folder, target)
			}
		}
	}
}

// A successor to one of these libraries should be a small change.
func TestEachLibraryThatMayBeReplacedIsKnownToOneFile(t *testing.T) {
	h := openHouse(t)
	for _, library := range []string{"gopkg.in/yaml.v3", "github.com/olekukonko/tablewriter", "github.com/Rhymond/go-money"} {
		var files []string
		for _, r := range h.rooms {
			for _, file := range r.files {
				if slices.ContainsFunc(file.Imports, func(s *ast.ImportSpec) bool {
					name, _ := strconv.Unquote(s.Path.Value)
					return name == library || strings.HasPrefix(name, library+"/")
				}) {
					files = append(files, h.at(file))
				}
			}
		}
		if len(files) > 1 {
			t.Errorf("%s is imported in %v, want one file", library, files)
		}
	}
}

// root is the leftmost name of an expression: x of x.y[0].z.
func root(n ast.Expr) *ast.Ident {
	for {
		switch e := n.(type) {
		case *ast.Ident:
			return e
		case *ast.SelectorExpr:
			n = e.X
		case *ast.IndexExpr:
			n = e.X
		case *ast.StarExpr:
			n = e.X
		case *ast.ParenExpr:
			n = e.X
		case *ast.SliceExpr:
			n = e.X
		default:
			return nil
		}
	}
}

// assigned lists the expressions that a node gives a value to.
func assigned(n ast.Node) []ast.Expr {
	switch s := n.(type) {
	case *ast.AssignStmt:
		if s.Tok != token.DEFINE {
			return s.Lhs
		}
	case *ast.IncDecStmt:
		return []ast.Expr{s.X}
	case *ast.RangeStmt:
		if s.Tok == token.ASSIGN {
			return []ast.Expr{s.Key, s.Value}
		}
	case *ast.CallExpr:
		if (isName(s.Fun, "delete") || isName(s.Fun, "clear") || isName(s.Fun, "copy")) && len(s.Args) > 0 {
			return s.Args[:1]
		}
	}
	return nil
}

func TestNoPackageVariableIsEverWrittenTo(t *testing.T) {
	h := openHouse(t)
	h.within(func(r *room, n ast.Node) {
		for _, target := range assigned(n) {
			name := root(target)
			if name == nil {
				continue
			}
			switch object := r.info.Uses[name].(type) {
			case *types.Var:
				if object.Parent() == r.types.Scope() {
					t.Errorf("%s: the package variable %s is written to", h.at(n), name.Name)
				}
			case *types.PkgName:
				t.Errorf("%s: a variable of the package %s is written to", h.at(n), name.Name)
			}
		}
	}, "calc", "scenarios", "cmd")
}

func TestNothingHappensByInitAndOnePlaceExits(t *testing.T) {
	h := openHouse(t)
	h.within(func(r *room, n ast.Node) {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv == nil && n.Name.Name == "init" {
				t.Errorf("%s: a func init", h.at(n))
			}
		case *ast.SelectorExpr:
			if r.folder != "cmd/churncost" && (isName(n.X, "os") && n.Sel.Name == "Exit" || isName(n.X, "log") && strings.HasPrefix(n.Sel.Name, "Fatal")) {
				t.Errorf("%s: %s exits; only cmd/churncost does", h.at(n), r.folder)
			}
		}
	}, "calc", "scenarios", "cmd")
}

// asksOrTells tells whether a function writes on a form, a report or a table.
func asksOrTells(f *ast.FuncType) bool {
	for _, parameter := range f.Params.List {
		if star, ok := parameter.Type.(*ast.StarExpr); ok {
			if s, ok := star.X.(*ast.SelectorExpr); ok && isName(s.X, "calc") && (s.Sel.Name == "Form" || s.Sel.Name == "Report" || s.Sel.Name == "Table") {
				return true
			}
		}
	}
	return false
}

// A condition in Ask or Tell would make keys and metrics depend on a scenario.
func TestAskAndTellAreStraightLines(t *testing.T) {
	h := openHouse(t)
	looked := 0
	h.within(func(_ *room, n ast.Node) {
		f, ok := n.(*ast.FuncDecl)
		if !ok || !asksOrTells(f.Type) {
			return
		}
		looked++
		ast.Inspect(f.Body, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.IfStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.BranchStmt:
				t.Errorf("%s: %s decides something; it should be a straight line", h.at(n), f.Name.Name)
			}
			return true
		})
	}, append(calculators(), h.blocks()...)...)
	if least := 2 * len(catalog.All()); looked < least {
		t.Errorf("only %d functions that ask or tell were found, want %d at least", looked, least)
	}
}

// No number without a source: a figure about the world belongs into evidence, a
// constant of the arithmetic gets a name and a sentence.
func TestNoBareNumberButZeroOneAndTwoStandsInACalculator(t *testing.T) {
	h := openHouse(t)
	documented := map[ast.Node]bool{}
	for _, r := range h.rooms {
		for _, file := range r.files {
			for _, declaration := range file.Decls {
				group, ok := declaration.(*ast.GenDecl)
				if !ok || group.Tok != token.CONST {
					continue
				}
				for _, spec := range group.Specs {
					if group.Doc == nil && spec.(*ast.ValueSpec).Doc == nil {
						continue
					}
					ast.Inspect(spec, func(n ast.Node) bool {
						documented[n] = true
						return true
					})
				}
			}
		}
	}
	h.within(func(_ *room, n ast.Node) {
		literal, ok := n.(*ast.BasicLit)
		if !ok || documented[n] || literal.Kind != token.INT && literal.Kind != token.FLOAT && literal.Kind != token.IMAG {
			return
		}
		if value, err := strconv.ParseFloat(literal.Value, 64); err != nil || value != 0 && value != 1 && value != 2 {
			t.Errorf("%s: the bare number %s; a constant of the package with a doc comment may hold it", h.at(n), literal.Value)
		}
	}, append(calculators(), h.blocks()...)...)
}

var dotted = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$`)

// Needs, When, Follow and their like take keys as words. A word that is
// misspelt would bring no row in, and nobody would see why.
func TestEveryDottedNameInACalculatorIsAKeyOrAMetric(t *testing.T) {
	known := map[string]bool{}
	for _, c := range catalog.All() {
		for _, f := range c.Fields() {
			known[f.Key] = true
		}
		for _, f := range c.Metrics() {
			known[f.Metric] = true
		}
	}
	h := openHouse(t)
	looked := 0
	h.within(func(_ *room, n ast.Node) {
		literal, ok := n.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return
		}
		word, _ := strconv.Unquote(literal.Value)
		if !dotted.MatchString(word) {
			return
		}
		looked++
		if !known[word] {
			t.Errorf("%s: %q is neither a key nor a metric", h.at(n), word)
		}
	}, append(calculators(), h.blocks()...)...)
	if looked < len(known) {
		t.Errorf("only %d dotted names were found, want each of the %d keys and metrics", looked, len(known))
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	for _, r := range openHouse(t).rooms {
		if !slices.ContainsFunc(r.files, func(f *ast.File) bool { return f.Doc.Text() != "" }) {
			t.Errorf("package %s has no comment", r.folder)
		}
	}
}

func TestEveryExportedNameBelowCalcHasADocComment(t *testing.T) {
	h := openHouse(t)
	undocumented := func(name *ast.Ident, comments ...*ast.CommentGroup) {
		for _, comment := range comments {
			if comment.Text() != "" {
				return
			}
		}
		if name.IsExported() {
			t.Errorf("%s: %s has no doc comment", h.at(name), name.Name)
		}
	}
	for _, r := range h.rooms {
		if !r.below("calc") {
			continue
		}
		for _, file := range r.files {
			for _, declaration := range file.Decls {
				switch d := declaration.(type) {
				case *ast.FuncDecl:
					wellKnown := d.Recv != nil && (d.Name.Name == "Error" || d.Name.Name == "String")
					if d.Recv == nil || receiver(d).IsExported() && !wellKnown {
						undocumented(d.Name, d.Doc)
					}
				case *ast.GenDecl:
					for _, spec := range d.Specs {
						switch s := spec.(type) {
						case *ast.TypeSpec:
							undocumented(s.Name, s.Doc, d.Doc)
						case *ast.ValueSpec:
							for _, name := range s.Names {
								undocumented(name, s.Doc, s.Comment, d.Doc)
							}
						}
					}
				}
			}
		}
	}
}

// receiver is the name of the type that a method belongs to.
func receiver(f *ast.FuncDecl) *ast.Ident {
	n := f.Recv.List[0].Type
	if generic, ok := n.(*ast.IndexExpr); ok {
		n = generic.X
	}
	return root(n)
}

// unknown is what a figure of grade C or X may say of its author, title or
// population.
const unknown = "unknown"

func TestEveryBuiltInFigureSaysWhatWhoseOfWhomAndHowFarItCanBeTrusted(t *testing.T) {
	for _, s := range evidence.All() {
		name := fmt.Sprintf("%s %q", s.Key, s.Text)
		for what, text := range map[string]string{"key": s.Key, "text": s.Text, "unit": string(s.Unit), "what it measures": s.Measures, "population": s.Population,
			"author": s.Author, "title": s.Title, "where it was met": s.Met, "caveat": s.Caveat} {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s leaves empty: %s", name, what)
			}
		}
		if !slices.Contains([]calc.Grade{calc.GradeA, calc.GradeB, calc.GradeC, calc.GradeX}, s.Grade) {
			t.Errorf("%s has the grade %q", name, s.Grade)
		}
		if !s.Grade.Weak() && (s.Population == unknown || s.Author == unknown || s.Title == unknown || s.Year == 0) {
			t.Errorf("%s has grade %s, and population %q, author %q, title %q, year %d; unknown is for C and X", name, s.Grade, s.Population, s.Author, s.Title, s.Year)
		}
		if s.Year != 0 && (s.Year < 1900 || s.Year > 2100) {
			t.Errorf("%s is of the year %d", name, s.Year)
		}
		if s.Grade == calc.GradeX && s.Against == "" {
			t.Errorf("%s is contradicted, and does not say by what", name)
		}
		if len(s.Values) == 0 {
			t.Errorf("%s has no value", name)
		}
		for _, r := range s.Values {
			if !(r.Low <= r.Likely && r.Likely <= r.High) || math.IsInf(r.Low, 0) || math.IsInf(r.High, 0) {
				t.Errorf("%s has the value %v", name, r)
			}
		}
	}
}

func TestEveryBuiltInFigureThatIsDeclaredIsListedOnce(t *testing.T) {
	h := openHouse(t)
	all := evidence.All()
	for i, s := range all {
		if slices.Contains(all[:i], s) {
			t.Errorf("%s %q is listed twice", s.Key, s.Text)
		}
	}
	declared := 0
	listed := map[string]bool{}
	h.within(func(r *room, n ast.Node) {
		if list, ok := n.(*ast.CompositeLit); ok {
			if _, ok := list.Type.(*ast.ArrayType); ok {
				for _, element := range list.Elts {
					if name, ok := element.(*ast.Ident); ok {
						listed[name.Name] = true
					}
				}
			}
		}
	}, "calc/evidence")
	for _, r := range h.rooms {
		if r.folder != "calc/evidence" {
			continue
		}
		for _, name := range r.types.Scope().Names() {
			variable, ok := r.types.Scope().Lookup(name).(*types.Var)
			if !ok || variable.Type().String() != "*"+module+"/calc.Source" {
				continue
			}
			declared++
			if !listed[name] {
				t.Errorf("evidence.%s is declared and stands in no list", name)
			}
		}
	}
	if declared != len(all) || declared == 0 {
		t.Errorf("evidence declares %d figures and lists %d", declared, len(all))
	}
}

// A sample asks for a number of each unit.
type sample struct {
	money, yearly, share, points, people, years, score float64
	by                                                 calc.ChangeBy
	list                                               []float64
}

// Ask asks for them all, without bounds.
func (in *sample) Ask(ask *calc.Form) {
	whatever := func(f *calc.Field) { f.Min, f.Max = math.Inf(-1), math.Inf(1) }
	ask.Money(&in.money, "sample.money", "", calc.Optional, whatever)
	ask.MoneyPerYear(&in.yearly, "sample.yearly", "", calc.Optional, whatever)
	ask.Share(&in.share, "sample.share", "", calc.Optional, whatever)
	ask.Change(&in.by, &in.points, "sample.points", "sample.share", "", calc.Optional, whatever)
	ask.People(&in.people, "sample.people", "", calc.Optional, whatever)
	ask.Time(&in.years, "sample.years", "", calc.Optional, whatever)
	ask.Score(&in.score, "sample.score", "", calc.Optional, whatever)
	ask.PeopleList(&in.list, "sample.list", "", calc.Optional, whatever)
}

// Tell tells nothing.
func (in sample) Tell(*calc.Report) {}

// sampleKey is the key of a sample that takes what a figure says.
func sampleKey(s *calc.Source) string {
	if strings.HasPrefix(s.Text, "[") {
		return "sample.list"
	}
	switch s.Unit {
	case calc.Money:
		return "sample.money"
	case calc.MoneyPerYear:
		return "sample.yearly"
	case calc.Share:
		return "sample.share"
	case calc.Points:
		return "sample.points"
	case calc.People:
		return "sample.people"
	case calc.Years:
		return "sample.years"
	}
	return "sample.score"
}

// scenario writes one input as a scenario holds it.
func scenario(key, text string) []byte {
	var b strings.Builder
	b.WriteString("version: 1\n")
	parts := strings.Split(key, ".")
	for depth, part := range parts {
		fmt.Fprintf(&b, "\n%s%s:", strings.Repeat("  ", depth), part)
	}
	b.WriteString(" " + text + "\n")
	return []byte(b.String())
}

// The text of a figure is what people see and type, its values are what is
// computed with.
func TestTheTextOfEveryBuiltInFigureReadsAsItsValues(t *testing.T) {
	samples := scenarios.NewVocabulary([]calc.Calculator{calc.New("sample", "", func(in, out *sample) error { *out = *in; return nil })})
	inputs := scenarios.NewVocabulary(catalog.All())
	for _, source := range evidence.All() {
		readsAs(t, samples, sampleKey(source), source)
		if f := inputs.Field(source.Key); f != nil {
			readsAs(t, inputs, source.Key, source)
		}
	}
}

func readsAs(t *testing.T, vocabulary *scenarios.Vocabulary, key string, source *calc.Source) {
	t.Helper()
	s, err := scenarios.Read("a figure", scenario(key, source.Text), vocabulary)
	if err != nil {
		t.Errorf("%s: %s is not read: %v", key, source.Text, err)
		return
	}
	in := s.Inputs[key]
	got := []calc.Range{in.Range}
	if in.List != nil {
		got = nil
		for _, element := range in.List {
			got = append(got, element.Range)
		}
	}
	same := func(a, b calc.Range) bool {
		return a.Low == b.Low && a.High == b.High && a.Likely == b.Likely
	}
	if source.Unit == calc.Ratio { // a text of six decimals stands for 118 ÷ 19
		same = func(a, b calc.Range) bool {
			return math.Abs(a.Low-b.Low) <= 1e-6/2 && math.Abs(a.High-b.High) <= 1e-6/2 && math.Abs(a.Likely-b.Likely) <= 1e-6/2
		}
	}
	if !slices.EqualFunc(got, source.Values, same) {
		t.Errorf("%s: %s reads as %v, and the figure is %v", key, source.Text, got, source.Values)
	}
}
