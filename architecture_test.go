package churncost_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/churncost/churncost/calc/catalog"
)

// The rules of CONTRIBUTING.md that a program can check. The tests read the syntax of the
// code; nothing is built.

const module = "github.com/churncost/churncost"

// A pkg is one package: its folder, and its files without tests.
type pkg struct {
	folder string // calc/loss
	files  []*ast.File
	info   *types.Info
	types  *types.Package
}

// A sourceTree holds all packages below cmd, scenarios and calc.
type sourceTree struct {
	positions *token.FileSet
	packages  []*pkg
	foreign   map[string]*types.Package
}

// parseModule parses every package, and resolves the names that come from this module.
func parseModule(t *testing.T) *sourceTree {
	t.Helper()
	tree := &sourceTree{positions: token.NewFileSet(), foreign: map[string]*types.Package{}}
	for _, floor := range []string{"calc", "scenarios", "cmd"} {
		err := filepath.WalkDir(floor, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.IsDir() {
				return err
			}
			if entry.Name() == "testdata" {
				return filepath.SkipDir
			}
			return tree.enter(filepath.ToSlash(name))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range tree.packages {
		tree.resolve(r)
	}
	return tree
}

// enter parses the files of one folder.
func (tree *sourceTree) enter(folder string) error {
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return err
	}
	r := &pkg{folder: folder}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(tree.positions, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		r.files = append(r.files, file)
	}
	if len(r.files) > 0 {
		tree.packages = append(tree.packages, r)
	}
	return nil
}

// resolve resolves the names in a package. Names from outside the module stay unknown,
// which is not an error.
func (tree *sourceTree) resolve(r *pkg) {
	if r.types != nil {
		return
	}
	r.info = &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: tree, Error: func(error) {}}
	r.types, _ = config.Check(module+"/"+r.folder, tree.positions, r.files, r.info)
}

// Import returns a package of the module, and an empty package for any other.
func (tree *sourceTree) Import(name string) (*types.Package, error) {
	for _, r := range tree.packages {
		if module+"/"+r.folder == name {
			tree.resolve(r)
			return r.types, nil
		}
	}
	if tree.foreign[name] == nil {
		last := path.Base(name)
		if version.MatchString(last) {
			last = path.Base(path.Dir(name))
		}
		tree.foreign[name] = types.NewPackage(name, strings.TrimPrefix(dotVersion.ReplaceAllString(last, ""), "go-"))
		tree.foreign[name].MarkComplete()
	}
	return tree.foreign[name], nil
}

var (
	version    = regexp.MustCompile(`^v[0-9]+$`)
	dotVersion = regexp.MustCompile(`\.v[0-9]+$`)
)

// at returns the place of a node.
func (tree *sourceTree) at(n ast.Node) string { return tree.positions.Position(n.Pos()).String() }

// within calls f for every node of the packages whose folders begin with one of the
// names.
func (tree *sourceTree) within(f func(*pkg, ast.Node), names ...string) {
	for _, r := range tree.packages {
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

func (r *pkg) below(folders ...string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return r.folder == f || strings.HasPrefix(r.folder, f+"/") })
}

// imports lists what a package imports.
func (r *pkg) imports() []string {
	var all []string
	for _, file := range r.files {
		for _, spec := range file.Imports {
			name, _ := strconv.Unquote(spec.Path.Value)
			all = append(all, name)
		}
	}
	return all
}

// notCalculators are the folders of calc that hold neither a calculator nor a shared
// block.
var notCalculators = []string{"calc/evidence", "calc/gate", "calc/whatif", "calc/catalog", "calc/extremes", "calc/attribution", "calc/quantity", "calc/internal"}

// calculators lists the folders of the calculators.
func calculators() []string {
	var folders []string
	for _, c := range catalog.All() {
		if c.Name == "survival" { // whose mathematics have that name
			folders = append(folders, "calc/tenure")
		} else {
			folders = append(folders, "calc/"+c.Name)
		}
	}
	return folders
}

// blocks lists the folders of the blocks that calculators share.
func (tree *sourceTree) blocks() []string {
	var folders []string
	for _, r := range tree.packages {
		if strings.HasPrefix(r.folder, "calc/") && !r.below(notCalculators...) && !r.below(calculators()...) {
			folders = append(folders, r.folder)
		}
	}
	return folders
}

// layers are the packages from top to bottom. A package may import packages of later
// lines. From its own line it may import only packages below its own folder. Calculators
// have rules of their own.
var layers = [][]string{
	{"cmd/churncost", "cmd/internal/reference"},
	{"cmd"},
	{"cmd/internal/format"},
	{"cmd/internal/document"},
	{"cmd/internal/wording"},
	{"cmd/internal/judging"},
	{"cmd/internal/study", "cmd/internal/fitting"},
	{"cmd/internal/results", "cmd/internal/cell"},
	{"cmd/internal/options", "cmd/internal/fault", "cmd/internal/write", "cmd/internal/licences", "cmd/internal/variation"},
	{"scenarios/schema", "scenarios/measured", "scenarios/files"},
	{"scenarios"},
	{"scenarios/records/query"},
	{"scenarios/records"},
	{"scenarios/records/text", "scenarios/records/value"},
	{"scenarios/number", "scenarios/currency", "scenarios/syntax"},
	{"calc/catalog", "calc/gate", "calc/whatif", "calc/internal/calctest"},
	{"calc/extremes", "calc/attribution", "calc/whatif/quantile", "calc/whatif/draw", "calc/whatif/histogram"},
	{"calc/consistency", "calc/loss"},
	{"calc/..."}, // calculators, shared blocks, evidence
	{"calc/survival"},
	{"calc"},
	{"calc/quantity"},
}

// layer finds the line of a folder; -1 if there is none.
func layer(folder string) int {
	for i, line := range layers {
		if slices.Contains(line, folder) {
			return i
		}
	}
	if strings.HasPrefix(folder, "calc/") {
		return slices.IndexFunc(layers, func(line []string) bool { return line[0] == "calc/..." })
	}
	return -1
}

// Every package must have a layer, so that a new one is placed on purpose. The test also
// checks that packages are found at all.
func TestEveryPackageHasALayer(t *testing.T) {
	tree := parseModule(t)
	for _, p := range tree.packages {
		if layer(p.folder) < 0 {
			t.Errorf("%s has no layer: give it one in layers", p.folder)
		}
	}
	for _, folder := range append(calculators(), slices.Concat(layers...)...) {
		if !strings.HasSuffix(folder, "...") && !slices.ContainsFunc(tree.packages, func(p *pkg) bool { return p.folder == folder }) {
			t.Errorf("no package is found in %s", folder)
		}
	}
}

func TestImportsOnlyPointDown(t *testing.T) {
	for _, p := range parseModule(t).packages {
		for _, name := range p.imports() {
			target, inside := strings.CutPrefix(name, module+"/")
			from, to := layer(p.folder), layer(target)
			if inside && (to < from || to == from && layers[from][0] != "calc/...") {
				t.Errorf("%s imports %s, which is not below it", p.folder, target)
			}
		}
	}
}

// A file that is too long has more than one subject. A package that is too large has more
// than one purpose.
func TestFilesAndPackagesStaySmall(t *testing.T) {
	const longest, largest = 400, 1900
	tree := parseModule(t)
	for _, p := range tree.packages {
		total := 0
		for _, file := range p.files {
			position := tree.positions.Position(file.FileEnd)
			lines := position.Line
			total += lines
			if lines > longest {
				t.Errorf("%s has %d lines, and at most %d are read in one go", position.Filename, lines, longest)
			}
		}
		if total > largest {
			t.Errorf("%s has %d lines, and at most %d make one package", p.folder, total, largest)
		}
	}
}

// Only packages that fit distributions may import gonum.
func TestCalcUsesOnlyTheStandardLibraryAndNoFilesClockOrNetwork(t *testing.T) {
	tree := parseModule(t)
	outside := regexp.MustCompile(`^(os|io/fs|io/ioutil|path/filepath|time|log|net|embed|syscall|testing)(/.*)?$`)
	for _, r := range tree.packages {
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
	tree.within(func(_ *pkg, n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return
		}
		if s, ok := call.Fun.(*ast.SelectorExpr); ok && isName(s.X, "fmt") && strings.HasPrefix(s.Sel.Name, "Print") {
			t.Errorf("%s: calc prints", tree.at(n))
		}
		if isName(call.Fun, "print") || isName(call.Fun, "println") {
			t.Errorf("%s: calc prints", tree.at(n))
		}
	}, "calc")
}

func isName(n ast.Expr, name string) bool {
	ident, ok := n.(*ast.Ident)
	return ok && ident.Name == name
}

func TestACalculatorImportsOnlyBlocksUnlessItCombinesCalculators(t *testing.T) {
	tree := parseModule(t)
	blocks := tree.blocks()
	for _, r := range tree.packages {
		if !strings.HasPrefix(r.folder, "calc") || r.folder == "calc/catalog" {
			continue
		}
		isCalculator, isBlock := slices.Contains(calculators(), r.folder), slices.Contains(blocks, r.folder)
		for _, name := range r.imports() {
			target, found := strings.CutPrefix(name, module+"/")
			switch {
			case !found || slices.Contains([]string{"calc/loss", "calc/consistency"}, r.folder) && slices.Contains(calculators(), target):
			case slices.Contains(calculators(), target):
				t.Errorf("%s imports the calculator %s; shared code belongs in a block", r.folder, target)
			case target == "calc/quantity":
			case r.folder == "calc" || r.folder == "calc/quantity":
				t.Errorf("%s imports %s, which is based on it", r.folder, target)
			case (isCalculator || isBlock) && target != "calc" && target != "calc/evidence" && !slices.Contains(blocks, target):
				t.Errorf("%s imports %s, which is no block", r.folder, target)
			}
		}
	}
}

// Replacing one of these libraries should be a small change.
func TestEachReplaceableLibraryIsImportedByOneFile(t *testing.T) {
	tree := parseModule(t)
	for _, library := range []string{"gopkg.in/yaml.v3", "github.com/olekukonko/tablewriter", "github.com/Rhymond/go-money"} {
		var files []string
		for _, r := range tree.packages {
			for _, file := range r.files {
				if slices.ContainsFunc(file.Imports, func(s *ast.ImportSpec) bool {
					name, _ := strconv.Unquote(s.Path.Value)
					return name == library || strings.HasPrefix(name, library+"/")
				}) {
					files = append(files, tree.at(file))
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

// assigned lists the expressions that a node assigns to.
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
	tree := parseModule(t)
	tree.within(func(r *pkg, n ast.Node) {
		for _, target := range assigned(n) {
			name := root(target)
			if name == nil {
				continue
			}
			switch object := r.info.Uses[name].(type) {
			case *types.Var:
				if object.Parent() == r.types.Scope() {
					t.Errorf("%s: the package variable %s is written to", tree.at(n), name.Name)
				}
			case *types.PkgName:
				t.Errorf("%s: a variable of the package %s is written to", tree.at(n), name.Name)
			}
		}
	}, "calc", "scenarios", "cmd")
}

func TestThereIsNoInitAndOnlyOnePlaceExits(t *testing.T) {
	tree := parseModule(t)
	tree.within(func(r *pkg, n ast.Node) {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Recv == nil && n.Name.Name == "init" {
				t.Errorf("%s: a func init", tree.at(n))
			}
		case *ast.SelectorExpr:
			if r.folder != "cmd/churncost" && (isName(n.X, "os") && n.Sel.Name == "Exit" || isName(n.X, "log") && strings.HasPrefix(n.Sel.Name, "Fatal")) {
				t.Errorf("%s: %s exits; only cmd/churncost does", tree.at(n), r.folder)
			}
		}
	}, "calc", "scenarios", "cmd")
}

// asksOrTells reports whether a function takes a form, a report or a table.
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

// With a condition in Ask or Tell, the keys and metrics would depend on the scenario.
func TestAskAndTellHaveNoConditions(t *testing.T) {
	tree := parseModule(t)
	looked := 0
	tree.within(func(_ *pkg, n ast.Node) {
		f, ok := n.(*ast.FuncDecl)
		if !ok || !asksOrTells(f.Type) {
			return
		}
		looked++
		ast.Inspect(f.Body, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.IfStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.BranchStmt:
				t.Errorf("%s: %s has a condition; Ask and Tell must have none", tree.at(n), f.Name.Name)
			}
			return true
		})
	}, append(calculators(), tree.blocks()...)...)
	if least := 2 * len(catalog.All()); looked < least {
		t.Errorf("only %d functions that ask or tell were found, want %d at least", looked, least)
	}
}

// No number without a source: a figure about the world belongs in evidence. A constant of
// the arithmetic, or a list such as the years in a table, gets a name and a doc comment.
func TestACalculatorHasNoBareNumbersExceptZeroOneAndTwo(t *testing.T) {
	tree := parseModule(t)
	documented, inList := map[ast.Node]bool{}, map[ast.Node]bool{}
	for _, r := range tree.packages {
		for _, file := range r.files {
			for _, declaration := range file.Decls {
				group, ok := declaration.(*ast.GenDecl)
				if !ok || group.Tok != token.CONST && group.Tok != token.VAR {
					continue
				}
				for _, spec := range group.Specs {
					if group.Doc == nil && spec.(*ast.ValueSpec).Doc == nil {
						continue
					}
					ast.Inspect(spec, func(n ast.Node) bool {
						documented[n] = group.Tok == token.CONST || inList[n]
						if list, ok := n.(*ast.CompositeLit); ok {
							for _, element := range list.Elts {
								inList[element] = true
							}
						}
						return true
					})
				}
			}
		}
	}
	tree.within(func(_ *pkg, n ast.Node) {
		literal, ok := n.(*ast.BasicLit)
		if !ok || documented[n] || literal.Kind != token.INT && literal.Kind != token.FLOAT && literal.Kind != token.IMAG {
			return
		}
		if value, err := strconv.ParseFloat(literal.Value, 64); err != nil || value != 0 && value != 1 && value != 2 {
			t.Errorf("%s: the bare number %s; a constant or a list of the package with a doc comment may hold it", tree.at(n), literal.Value)
		}
	}, append(calculators(), tree.blocks()...)...)
}

var dotted = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$`)

// Needs, When, Follow and similar functions take keys as strings. A misspelt key would
// silently leave out a row.
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
	tree := parseModule(t)
	looked := 0
	tree.within(func(_ *pkg, n ast.Node) {
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
			t.Errorf("%s: %q is neither a key nor a metric", tree.at(n), word)
		}
	}, append(calculators(), tree.blocks()...)...)
	if looked < len(known) {
		t.Errorf("only %d dotted names were found, want each of the %d keys and metrics", looked, len(known))
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	for _, r := range parseModule(t).packages {
		if !slices.ContainsFunc(r.files, func(f *ast.File) bool { return f.Doc.Text() != "" }) {
			t.Errorf("package %s has no comment", r.folder)
		}
	}
}

func TestEveryExportedNameBelowCalcHasADocComment(t *testing.T) {
	tree := parseModule(t)
	undocumented := func(name *ast.Ident, comments ...*ast.CommentGroup) {
		for _, comment := range comments {
			if comment.Text() != "" {
				return
			}
		}
		if name.IsExported() {
			t.Errorf("%s: %s has no doc comment", tree.at(name), name.Name)
		}
	}
	for _, r := range tree.packages {
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
