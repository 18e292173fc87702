package cmd

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/churncost/churncost/calc/catalog"
	"github.com/churncost/churncost/calc/quantity"
)

// Managers forward the HTML report, so these tests open it in a real browser: headless
// Chromium, controlled over a pipe with its own protocol.

// A browser is a Chromium with one page. Its events are collected at the next call.
type browser struct {
	t       *testing.T
	write   io.Writer
	read    *bufio.Reader
	session string
	calls   int
	events  []event
}

// An event is a message of the browser: an event or the answer to a call.
type event struct {
	ID     int
	Method string
	Params json.RawMessage
	Result json.RawMessage
	Error  *struct{ Message string }
}

// browserWait is how long a browser may take for a whole test.
const browserWait = 2 * time.Minute

// openBrowser starts Chromium, or skips the test if there is none. If CHURNCOST_BROWSER
// is "required", as in CI, a missing Chromium fails the test.
func openBrowser(t *testing.T) *browser {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && program == "" {
			program = found
		}
	}
	if program == "" {
		const missing = "neither chromium nor chromium-browser nor google-chrome is installed"
		if os.Getenv("CHURNCOST_BROWSER") == "required" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	home, err := os.MkdirTemp("", "browser")
	if err != nil {
		t.Fatal(err)
	}
	toBrowser, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	read, fromBrowser, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
		"--user-data-dir="+filepath.Join(home, "profile"), "--remote-debugging-pipe", "about:blank")
	command.Env = append(os.Environ(), "HOME="+home)
	command.ExtraFiles = []*os.File{toBrowser, fromBrowser} // it reads from 3 and writes to 4
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	toBrowser.Close()
	fromBrowser.Close()
	tooLong := time.AfterFunc(browserWait, func() { command.Process.Kill() })
	b := &browser{t: t, write: write, read: bufio.NewReader(read)}
	t.Cleanup(func() {
		b.session = ""
		if !t.Failed() {
			b.call("Browser.close", nil, nil)
		} else {
			command.Process.Kill()
		}
		write.Close()
		command.Wait()
		tooLong.Stop()
		read.Close()
		os.RemoveAll(home)
	})
	var target struct{ TargetID, SessionID string }
	b.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	b.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &target)
	b.session = target.SessionID
	for _, domain := range []string{"Page", "Runtime", "Log", "Network"} {
		b.call(domain+".enable", nil, nil)
	}
	return b
}

// call asks the browser for something and waits for the answer.
func (b *browser) call(method string, params, result any) {
	b.t.Helper()
	b.calls++
	message := map[string]any{"id": b.calls, "method": method}
	if params != nil {
		message["params"] = params
	}
	if b.session != "" {
		message["sessionId"] = b.session
	}
	data, err := json.Marshal(message)
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.write.Write(append(data, 0)); err != nil {
		b.t.Fatalf("%s: cannot write to the browser: %v", method, err)
	}
	for {
		e := b.next(method)
		if e.ID != b.calls {
			b.events = append(b.events, e)
			continue
		}
		if e.Error != nil {
			b.t.Fatalf("%s: %s", method, e.Error.Message)
		}
		if result != nil {
			if err := json.Unmarshal(e.Result, result); err != nil {
				b.t.Fatalf("%s: %v in %s", method, err, e.Result)
			}
		}
		return
	}
}

// next reads one message.
func (b *browser) next(waitingFor string) event {
	b.t.Helper()
	data, err := b.read.ReadBytes(0)
	if err != nil {
		b.t.Fatalf("waiting for %s: the browser is gone: %v", waitingFor, err)
	}
	var e event
	if err := json.Unmarshal(bytes.TrimSuffix(data, []byte{0}), &e); err != nil {
		b.t.Fatalf("waiting for %s: %v in %s", waitingFor, err, data)
	}
	return e
}

// open opens a file and returns the events until it is loaded.
func (b *browser) open(file string) []event {
	b.t.Helper()
	b.events = nil
	b.call("Page.navigate", map[string]any{"url": "file://" + file}, nil)
	for {
		for _, e := range b.events {
			if e.Method == "Page.loadEventFired" {
				return b.events
			}
		}
		b.events = append(b.events, b.next("the page to load"))
	}
}

// wide sets the width of the page in pixels, on screen or printed.
func (b *browser) wide(pixels int, medium string) {
	b.t.Helper()
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": pixels, "height": 800, "deviceScaleFactor": 1, "mobile": pixels < 600}, nil)
	b.call("Emulation.setEmulatedMedia", map[string]any{"media": medium}, nil)
}

// ask evaluates an expression in the page.
func (b *browser) ask(expression string, result any) {
	b.t.Helper()
	var answer struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct{ Text string }
	}
	b.call("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true}, &answer)
	if answer.ExceptionDetails != nil {
		b.t.Fatalf("%s: %s", expression, answer.ExceptionDetails.Text)
	}
	if err := json.Unmarshal(answer.Result.Value, result); err != nil {
		b.t.Fatalf("%s: %v in %s", expression, err, answer.Result.Value)
	}
}

// pageOf runs a command line, writes its result as a page, and returns the page's file
// name and the JSON of the same run.
func pageOf(t *testing.T, document any, args ...string) (page string) {
	t.Helper()
	page = filepath.Join(t.TempDir(), "page.html")
	args = append(args[:len(args):len(args)], "--format", "json", "--format", "html="+page)
	var stdout, stderr bytes.Buffer
	if status := Main(args, strings.NewReader(""), &stdout, &stderr); status != statusOK {
		t.Fatalf("churncost %q: status %d\n%s", args, status, &stderr)
	}
	if err := json.Unmarshal(stdout.Bytes(), document); err != nil {
		t.Fatal(err)
	}
	return page
}

// jsonNumbers is a metric in JSON.
type jsonNumbers struct {
	Value, Low, High *float64
	Unit             quantity.Unit
}

// awkward is a scenario with texts as long as texts may be.
const awkward = `version: 1
name: 广州老城区一家二十来个座位的云吞面馆的客人为什么不再来以及失去其中一位究竟值多少钱
currency: CNY
company: {customers: 1_200_000, churn: {low: 20%, high: 30%, shape: normal}}
customer:
  spend: {value: 1_000..2_000 per week, source: "https://example.com/a/very/long/address/without/any/place/to/break/it/anywhere/at/all.html"}
  years: 10..20
complaints: {unhappy: 1_000_000, speak_up: 4%, resolved: 50%, quickly: 50%, token: 1_000}
reasons:
  - {name: somebody was indifferent to them and nobody rang back for weeks although they had been promised a call, class: service, share: 10%..40%, fixable: 50%, fix_cost: 1_000_000}
  - {name: 等了四十分钟面送错了店员没道歉等了四十分钟面送错了店员没道歉等了四十分钟面送错了店员没道歉, class: 服务, share: 30%}
  - {name: Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft, class: the outside, share: 20%}
tiers:
  - {name: platinum, customers: 20_000, spend: 5_000_000 per year}
  - {name: lead, customers: 1_180_000, spend: 1_000 per year, cost_to_serve: 10_000 per year}
`

func TestTheReportAsAPageInABrowser(t *testing.T) {
	b := openBrowser(t)
	mine := filepath.Join(t.TempDir(), "awkward.yaml")
	if err := os.WriteFile(mine, []byte(awkward), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, scenario := range []string{"everything", "half-lettuce", "guangzhou-noodles", mine} {
		t.Run(strings.TrimSuffix(filepath.Base(scenario), ".yaml"), func(t *testing.T) {
			b.t = t
			var document struct {
				Scenarios []struct{ Metrics map[string]jsonNumbers }
			}
			page := pageOf(t, &document, "report", scenario)
			metrics := document.Scenarios[0].Metrics
			t.Run("opens without errors and loads nothing else", func(t *testing.T) { b.opensQuietly(t, page, "One lost customer costs ") })
			t.Run("fits into 360 pixels", func(t *testing.T) { b.fits(t, 360, "screen", false) })
			t.Run("fits into 1280 pixels", func(t *testing.T) { b.fits(t, 1280, "screen", scenario == mine) })
			t.Run("shows the figures of the JSON", func(t *testing.T) { b.showsFigures(t, metrics) })
			t.Run("prints on A4", func(t *testing.T) { b.prints(t) })
		})
	}
	b.t = t
}

// opensQuietly checks that nothing is logged or thrown, and that the page loads no other
// file.
func (b *browser) opensQuietly(t *testing.T, page, answer string) {
	b.t = t
	for _, e := range b.open(page) {
		switch e.Method {
		case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded", "Network.loadingFailed":
			t.Errorf("the browser says %s: %s", e.Method, e.Params)
		case "Network.requestWillBeSent":
			var sent struct{ Request struct{ URL string } }
			if err := json.Unmarshal(e.Params, &sent); err != nil {
				t.Fatal(err)
			}
			if want := "file://" + page; sent.Request.URL != want {
				t.Errorf("the page loads %s, want nothing but itself", sent.Request.URL)
			}
		}
	}
	var headline string
	b.ask(`document.querySelector("h1").textContent`, &headline)
	if !strings.Contains(headline, answer) {
		t.Errorf("the page is headed %q, want %q in it", headline, answer)
	}
}

// overhanging lists what does not fit: the document, the boxes of tables unless they may
// be scrolled, and words in pictures that cross an edge or overlap. One pixel of overhang
// is allowed, for slanted letters.
const overhanging = `(scrolled => {
	const found = [], root = document.documentElement, name = e => e.tagName + " " + e.textContent.trim().slice(0, 40)
	if (root.scrollWidth > innerWidth) found.push("the document is " + root.scrollWidth + " pixels wide")
	for (const e of document.querySelectorAll("main *")) {
		const box = e.getBoundingClientRect()
		if (!(scrolled && e.closest("table")) && box.width > 0 && (box.right > innerWidth + 1.5 || box.left < -1.5)) found.push(name(e) + " reaches from " + box.left + " to " + box.right)
	}
	for (const e of document.querySelectorAll(scrolled ? "td, th" : ".scroll, td, th"))
		if (e.scrollWidth > e.clientWidth + 1) found.push(name(e) + " is " + e.scrollWidth + " pixels wide and has " + e.clientWidth)
	for (const svg of document.querySelectorAll("svg")) {
		const words = [...svg.querySelectorAll("text")].map(e => [e, e.getBoundingClientRect()])
		const frame = svg.getBoundingClientRect()
		words.forEach(([e, a], i) => {
			if (a.left < frame.left - 1 || a.right > frame.right + 1 || a.top < frame.top - 1 || a.bottom > frame.bottom + 1) found.push(name(e) + " leaves its picture")
			for (const [f, b] of words.slice(i + 1))
				if (a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom) found.push(name(e) + " and " + name(f) + " overlap")
		})
	}
	return found
})`

// fits checks that nothing overflows. With the last argument, tables may scroll.
func (b *browser) fits(t *testing.T, pixels int, medium string, scrolled bool) {
	b.t = t
	b.wide(pixels, medium)
	var width int
	if b.ask("innerWidth", &width); width != pixels {
		t.Fatalf("the page is %d pixels wide, want %d", width, pixels)
	}
	var found []string
	b.ask(fmt.Sprintf("%s(%v)", overhanging, scrolled), &found)
	if len(found) > 0 {
		t.Errorf("at %d pixels %d things do not fit, first\n%s", pixels, len(found), strings.Join(found[:min(5, len(found))], "\n"))
	}
}

// tables returns the cells of all tables of the page, row by row, headings first.
const tables = `[...document.querySelectorAll("table")].map(t => [...t.rows].map(r => [...r.cells].map(c => c.textContent)))`

// showsFigures compares every metric of the JSON with the page: with the row of its label
// in its calculator's table or, if it is in a table of its own, with any cell.
func (b *browser) showsFigures(t *testing.T, metrics map[string]jsonNumbers) {
	b.t = t
	var all [][][]string
	b.ask(tables, &all)
	marks := regexp.MustCompile(`[ \x{a0}⁰¹²³⁴⁵⁶⁷⁸⁹]+$`)
	shown := 0
	for _, c := range catalog.All() {
		for _, f := range c.Metrics() {
			want, given := metrics[f.Metric]
			if !given {
				continue
			}
			shown++
			row := findRow(all, c.Name, f.Label, marks)
			if row == nil {
				if !inAnyCell(all, want) {
					t.Errorf("%s is %v in JSON, and no table of the page shows it", f.Metric, *want.Value)
				}
				continue
			}
			columns := map[string]*float64{"amount": want.Value, "lowest": want.Low, "highest": want.High,
				"lowest at range ends": want.Low, "highest at range ends": want.High}
			for heading, number := range columns {
				text, stands := row[heading]
				if stands && number != nil && hasDigit(text) && !says(text, *number, want.Unit) {
					t.Errorf("%s: the page says %s %q, and JSON %v", f.Metric, heading, text, *number)
				}
			}
			if _, stands := row["amount"]; !stands {
				t.Errorf("%s: the page has no amount in %v", f.Metric, row)
			}
		}
	}
	if shown == 0 || shown != len(metrics) {
		t.Errorf("%d metrics of the catalog were looked for, want the %d of the JSON", shown, len(metrics))
	}
}

// findRow finds a row by its first cell, in the table whose first heading is the
// calculator. It returns the row's cells by heading, or nil.
func findRow(all [][][]string, calculator, label string, marks *regexp.Regexp) map[string]string {
	for _, table := range all {
		if table[0][0] != calculator {
			continue
		}
		for _, row := range table[1:] {
			if marks.ReplaceAllString(row[0], "") != label {
				continue
			}
			cells := map[string]string{}
			for i, heading := range table[0] {
				cells[heading] = row[i]
			}
			return cells
		}
	}
	return nil
}

func inAnyCell(all [][][]string, want jsonNumbers) bool {
	for _, table := range all {
		for _, row := range table[1:] {
			for _, cell := range row[1:] {
				ends := strings.Split(cell, "–")
				if len(ends) == 2 && says(ends[0], *want.Low, want.Unit) && says(ends[1], *want.High, want.Unit) || says(cell, *want.Value, want.Unit) {
					return true
				}
			}
		}
	}
	return false
}

func hasDigit(text string) bool { return strings.ContainsAny(text, "0123456789") }

// readNumber returns the number in a text: grouped digits, with a sign before it or
// before the currency.
var readNumber = regexp.MustCompile(`(-?)[^-0-9]*([0-9][0-9,]*)(\.[0-9]+)?(e[-+][0-9]+)?`)

// says reports whether a text shows a number, to the decimals that the text has.
func says(text string, value float64, unit quantity.Unit) bool {
	if unit == quantity.Share || unit == quantity.Points {
		value *= 100
	}
	parts := readNumber.FindStringSubmatch(text)
	if parts == nil {
		return false
	}
	read, err := strconv.ParseFloat(parts[1]+strings.ReplaceAll(parts[2], ",", "")+parts[3]+parts[4], 64)
	if err != nil {
		return false
	}
	unitOfLast := math.Pow10(-max(0, len(parts[3])-1))
	if parts[4] != "" {
		unitOfLast = math.Abs(read) * 1e-5
	}
	return math.Abs(read-value) <= unitOfLast/2*(1+1e-6)+1e-9*math.Abs(value)
}

// a4 is the size of the paper in points, as in a PDF, and the width in pixels inside its
// margins of 16 mm: (210 − 32) ÷ 25.4 × 96.
var a4 = regexp.MustCompile(`/MediaBox \[0 0 (59[45]\S*) (84[12]\S*)\]`)

const a4Pixels = 672

// prints checks that the printed document has A4 pages and nothing is cut off.
func (b *browser) prints(t *testing.T) {
	b.t = t
	b.fits(t, a4Pixels, "print", false)
	var printed struct{ Data string }
	b.call("Page.printToPDF", map[string]any{"preferCSSPageSize": true, "printBackground": true}, &printed)
	pdf, err := base64.StdEncoding.DecodeString(printed.Data)
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Fatalf("what is printed begins with %.20q (%v), want a PDF", pdf, err)
	}
	pages, sheets := bytes.Count(pdf, []byte("/Type /Page\n")), len(a4.FindAll(pdf, -1))
	if pages == 0 || sheets != pages {
		t.Errorf("of %d pages %d are A4, want all", pages, sheets)
	}
}

// uncertainJSON is the JSON that the pages of simulate and sensitivity are compared with.
type uncertainJSON struct {
	Simulation struct {
		Metrics []struct {
			Metric    string
			Unit      quantity.Unit
			Mean, SD  jsonEstimate
			Quantiles []struct{ P, Value, Error float64 }
			Histogram []struct{ Low, High, Share float64 }
		}
		Chances []struct{ Chance, Error float64 }
	}
	Sensitivity struct {
		Unit   quantity.Unit
		Value  float64
		Swings []struct {
			Key       string
			Low, High float64
			AtLow     float64 `json:"at_low"`
			AtHigh    float64 `json:"at_high"`
			Assumed   bool
		}
		Variance []struct {
			Key          string
			First, Total jsonEstimate
		}
	}
}

type jsonEstimate struct{ Value, Error float64 }

func TestThePagesOfUncertaintyInABrowser(t *testing.T) {
	b := openBrowser(t)
	mine := filepath.Join(t.TempDir(), "awkward.yaml")
	if err := os.WriteFile(mine, []byte(awkward), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, scenario := range []string{"cafe", mine} {
		for _, pictured := range []struct {
			command, answer string
			flags           []string
		}{
			{"simulate", " in 90% of the draws, ", []string{"--trials", "2000", "--gate", "loss.total <= 2000"}},
			{"sensitivity", " matters most: ", nil},
			{"solve", " along a line of ", []string{"--metric", "loss.total", "--target", "50000", "--by", "customer.years,customer.spend"}},
		} {
			t.Run(pictured.command+" "+strings.TrimSuffix(filepath.Base(scenario), ".yaml"), func(t *testing.T) {
				b.t = t
				var told uncertainJSON
				page := pageOf(t, &told, append([]string{pictured.command, scenario}, pictured.flags...)...)
				t.Run("opens without errors and loads nothing else", func(t *testing.T) { b.opensQuietly(t, page, pictured.answer) })
				t.Run("fits into 360 pixels", func(t *testing.T) { b.fits(t, 360, "screen", false) })
				t.Run("fits into 1280 pixels", func(t *testing.T) { b.fits(t, 1280, "screen", false) })
				switch pictured.command {
				case "simulate":
					t.Run("shows the numbers of the JSON", func(t *testing.T) { b.showsDistributions(t, &told) })
					t.Run("draws each column as high as its share", func(t *testing.T) { b.drawsColumns(t, &told) })
					t.Run("draws the tornado of sensitivity", func(t *testing.T) {
						var other uncertainJSON // only the inputs that are ranges are kept
						pageOf(t, &other, "sensitivity", scenario, "--metric", told.Simulation.Metrics[0].Metric)
						swings := other.Sensitivity.Swings[:0]
						for _, s := range other.Sensitivity.Swings {
							if !s.Assumed {
								swings = append(swings, s)
							}
						}
						other.Sensitivity.Swings = swings
						b.drawsTornado(t, &other)
					})
				case "sensitivity":
					t.Run("shows the numbers of the JSON", func(t *testing.T) { b.showsSwings(t, &told) })
					t.Run("draws each bar from what the low end does to what the high end does", func(t *testing.T) { b.drawsTornado(t, &told) })
				}
				t.Run("prints on A4", func(t *testing.T) { b.prints(t) })
			})
		}
	}
	b.t = t
}

// estimated reports whether a text shows a number and its error: 12.3% ± 0.4 pp.
func estimated(text string, want jsonEstimate, unit quantity.Unit) bool {
	value, scatter, found := strings.Cut(text, "\u00a0±\u00a0")
	return found && says(value, want.Value, unit) && says(scatter, want.Error, unit)
}

// showsDistributions compares the numbers of every metric with its column, or with the
// table of metrics that do not vary.
func (b *browser) showsDistributions(t *testing.T, told *uncertainJSON) {
	b.t = t
	var all [][][]string
	b.ask(tables, &all)
	cells := map[string]map[string]string{}
	for _, table := range all {
		for _, row := range table[1:] {
			for i, heading := range table[0][1:] {
				if heading == "value" { // the same in every draw
					heading = row[0]
				}
				if cells[heading] == nil {
					cells[heading] = map[string]string{}
				}
				cells[heading][row[0]] = row[1+i]
			}
		}
	}
	for _, m := range told.Simulation.Metrics {
		if m.SD.Value == 0 {
			if text := cells[m.Metric][m.Metric]; !says(text, m.Mean.Value, m.Unit) {
				t.Errorf("%s: the page says %q, and JSON %v in every draw", m.Metric, text, m.Mean.Value)
			}
			continue
		}
		want := map[string]jsonEstimate{"mean": m.Mean, "sd": m.SD}
		for _, q := range m.Quantiles {
			want[fmt.Sprintf("P%g", q.P*100)] = jsonEstimate{q.Value, q.Error}
		}
		if len(want) != 7 {
			t.Errorf("%s has %d numbers in JSON, want mean, sd and five quantiles", m.Metric, len(want))
		}
		for name, number := range want {
			if text := cells[m.Metric][name]; !estimated(text, number, m.Unit) {
				t.Errorf("%s, %s: the page says %q, and JSON %v", m.Metric, name, text, number)
			}
		}
	}
	const gate = "loss.total <= 2000"
	chance := told.Simulation.Chances[0]
	if text := cells["chance"][gate]; !says(text, chance.Chance, quantity.Share) || !says(cells["±"][gate], chance.Error, quantity.Share) {
		t.Errorf("%s: the page says %q ± %q, and JSON %v", gate, text, cells["±"][gate], chance)
	}
}

// A drawnBar is a rectangle of a picture.
type drawnBar struct {
	X, Y, Width, Height float64
	Class               string
}

// bars gives the rectangles of each picture of a class.
func (b *browser) bars(class string) (all [][]drawnBar) {
	b.t.Helper()
	b.ask(`[...document.querySelectorAll("figure.`+class+`")].map(f => [...f.querySelectorAll("rect")].map(r =>
		({X: r.x.baseVal.value, Y: r.y.baseVal.value, Width: r.width.baseVal.value, Height: r.height.baseVal.value, Class: r.getAttribute("class")})))`, &all)
	return all
}

// drawsColumns checks that each metric that varies has a histogram. Its columns must have
// the same base line and width, and heights in proportion to their shares.
func (b *browser) drawsColumns(t *testing.T, told *uncertainJSON) {
	b.t = t
	pictures := b.bars("columns")
	for _, m := range told.Simulation.Metrics {
		if m.SD.Value == 0 {
			continue
		}
		if len(pictures) == 0 || len(pictures[0]) != len(m.Histogram) {
			t.Fatalf("%s has %d bars in JSON, and on the page no picture or another number of columns", m.Metric, len(m.Histogram))
		}
		columns, most := pictures[0], 0.0
		pictures = pictures[1:]
		for _, bar := range m.Histogram {
			most = max(most, bar.Share)
		}
		for i, c := range columns {
			const highest, foot = 180, 180
			want := m.Histogram[i].Share / most * highest
			if math.Abs(c.Height-want) > .1 || math.Abs(c.Y+c.Height-foot) > .1 || math.Abs(c.Width-columns[0].Width) > .1 || math.Abs(c.X-float64(i)*360/float64(len(columns))) > .1 {
				t.Errorf("%s: column %d of the share %v is %+v; want it %.1f high", m.Metric, i+1, m.Histogram[i].Share, c, want)
			}
		}
	}
	if len(pictures) > 0 {
		t.Errorf("%d histograms are drawn of nothing in JSON", len(pictures))
	}
}

// drawsTornado checks that each input has two bars, from the likely value of the metric
// to its values at the two ends, all on one scale, with both numbers beside them.
func (b *browser) drawsTornado(t *testing.T, told *uncertainJSON) {
	b.t = t
	s := &told.Sensitivity
	pictures := b.bars("spans")
	if len(pictures) != 1 || len(pictures[0]) != 2*len(s.Swings) || len(s.Swings) == 0 {
		t.Fatalf("tornados of %v bars are drawn, want one of %d", pictures, 2*len(s.Swings))
	}
	least, most := s.Value, s.Value
	for _, swing := range s.Swings {
		least, most = min(least, swing.AtLow, swing.AtHigh), max(most, swing.AtLow, swing.AtHigh)
	}
	var texts []string
	b.ask(`[...document.querySelectorAll("figure.spans .amount")].map(e => e.textContent)`, &texts)
	for i, swing := range s.Swings {
		for _, bar := range pictures[0][2*i : 2*i+2] {
			end := swing.AtLow
			if bar.Class == "part" {
				end = swing.AtHigh
			}
			const width = 360
			left, long := (min(end, s.Value)-least)/(most-least)*width, math.Abs(end-s.Value)/(most-least)*width
			if math.Abs(bar.X-left) > .1 || math.Abs(bar.Width-max(long, 1)) > .1 {
				t.Errorf("%s: the bar %+v to %v; want it from %.1f on and %.1f wide", swing.Key, bar, end, left, long)
			}
		}
		low, high, _ := strings.Cut(texts[i], " to ")
		if !says(low, swing.AtLow, s.Unit) || !says(high, swing.AtHigh, s.Unit) {
			t.Errorf("%s: the picture says %q, and JSON %v to %v", swing.Key, texts[i], swing.AtLow, swing.AtHigh)
		}
	}
}

// showsSwings compares every swing and every share of variance with its rows.
func (b *browser) showsSwings(t *testing.T, told *uncertainJSON) {
	b.t = t
	var all [][][]string
	b.ask(tables, &all)
	cells := map[string]string{} // by input and heading
	for _, table := range all {
		for _, row := range table[1:] {
			for i, heading := range table[0][1:] {
				cells[strings.TrimSuffix(row[0], " *")+" "+heading] = row[1+i]
			}
		}
	}
	s := &told.Sensitivity
	for _, swing := range s.Swings {
		for heading, want := range map[string]float64{"at low": swing.AtLow, "at high": swing.AtHigh} {
			if text := cells[swing.Key+" "+heading]; !says(text, want, s.Unit) {
				t.Errorf("%s: the page says %q %s, and JSON %v", swing.Key, text, heading, want)
			}
		}
	}
	for _, v := range s.Variance {
		for heading, want := range map[string]jsonEstimate{"variance alone": v.First, "in all": v.Total} {
			if text, given := cells[v.Key+" "+heading]; given && !estimated(text, want, quantity.Share) {
				t.Errorf("%s: the page says %q %s, and JSON %v", v.Key, text, heading, want)
			}
		}
	}
}
